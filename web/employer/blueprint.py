"""All the employer's addresses in one place. Each view is guarded by the action it is for."""

from __future__ import annotations

from flask import Blueprint

from web.employer import assessments, invitations, members, reports, results, template_values

blueprint = Blueprint("employer", __name__, template_folder="templates")

_ASSESSMENT = "/o/assessments/<assessment_id>"
_ATTEMPT = "/o/attempts/<attempt_id>"
_MEMBER = "/o/members/<account_id>"

blueprint.add_url_rule("/o/", "home", assessments.home)
blueprint.add_url_rule("/o/assessments", "assessments", assessments.assessments)
blueprint.add_url_rule("/o/assessments/new", "new", assessments.new)
blueprint.add_url_rule("/o/assessments/new", "create", assessments.create, methods=["POST"])
blueprint.add_url_rule(_ASSESSMENT, "assessment", assessments.assessment)
blueprint.add_url_rule(f"{_ASSESSMENT}/edit", "edit", assessments.edit)
blueprint.add_url_rule(f"{_ASSESSMENT}/edit", "save", assessments.save, methods=["POST"])
blueprint.add_url_rule(f"{_ASSESSMENT}/close", "close", assessments.close, methods=["POST"])
blueprint.add_url_rule(f"{_ASSESSMENT}/reopen", "reopen", assessments.reopen, methods=["POST"])
blueprint.add_url_rule(f"{_ASSESSMENT}/link", "open_link", assessments.open_link, methods=["POST"])
blueprint.add_url_rule(f"{_ASSESSMENT}/invitations", "invitations", invitations.invitations)
blueprint.add_url_rule(f"{_ASSESSMENT}/invitations", "invite", invitations.invite, methods=["POST"])
blueprint.add_url_rule("/o/invitations/<invitation_id>/revoke", "revoke", invitations.revoke, methods=["POST"])
blueprint.add_url_rule(f"{_ASSESSMENT}/results", "results", results.results)
blueprint.add_url_rule(f"{_ASSESSMENT}/results.csv", "export", results.export)
blueprint.add_url_rule(_ATTEMPT, "report", reports.report)
blueprint.add_url_rule(f"{_ATTEMPT}/stage", "stage", reports.stage, methods=["POST"])
blueprint.add_url_rule(f"{_ATTEMPT}/time", "give_time", reports.give_time, methods=["POST"])
blueprint.add_url_rule(f"{_ATTEMPT}/notes", "add_note", reports.add_note, methods=["POST"])
blueprint.add_url_rule("/o/notes/<note_id>/release", "release_note", reports.release_note, methods=["POST"])
blueprint.add_url_rule("/o/notes/<note_id>/delete", "delete_note", reports.delete_note, methods=["POST"])
blueprint.add_url_rule("/o/members", "members", members.members)
blueprint.add_url_rule("/o/members", "add_member", members.add_member, methods=["POST"])
blueprint.add_url_rule(f"{_MEMBER}/role", "change_role", members.change_role, methods=["POST"])
blueprint.add_url_rule(f"{_MEMBER}/remove", "remove_member", members.remove_member, methods=["POST"])
blueprint.add_url_rule(f"{_MEMBER}/link", "member_link", members.member_link, methods=["POST"])
blueprint.context_processor(template_values.template_values)
