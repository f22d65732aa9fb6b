"""All the administrator's addresses in one place, and the tabs that lead to them."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from web.admin import challenges, extra_time, judging, organisations, people, records
from web.author.template_values import template_values

blueprint = Blueprint("admin", __name__, template_folder="templates")

_PERSON = "/admin/people/<account_id>"
_ORGANISATION = "/admin/organisations/<organisation_id>"
_MEMBER = f"{_ORGANISATION}/members/<account_id>"

blueprint.add_url_rule("/admin/", "judging", judging.queue)
blueprint.add_url_rule("/admin/judging/retry", "retry", judging.retry_one, methods=["POST"])
blueprint.add_url_rule("/admin/judging/retry-all", "retry_all", judging.retry_everything, methods=["POST"])
blueprint.add_url_rule("/admin/judging/regrade", "regrade", judging.regrade_one, methods=["POST"])
blueprint.add_url_rule("/admin/judging/regrade-all", "regrade_all", judging.regrade_all, methods=["POST"])
blueprint.add_url_rule("/admin/people", "people", people.people)
blueprint.add_url_rule("/admin/people", "create_person", people.create_person, methods=["POST"])
blueprint.add_url_rule(f"{_PERSON}/link", "give_link", people.give_link, methods=["POST"])
blueprint.add_url_rule(f"{_PERSON}/active", "set_active", people.set_active, methods=["POST"])
blueprint.add_url_rule(f"{_PERSON}/admin", "set_admin", people.set_admin, methods=["POST"])
blueprint.add_url_rule("/admin/organisations", "organisations", organisations.organisations)
blueprint.add_url_rule("/admin/organisations", "create_organisation", organisations.create_organisation, methods=["POST"])
blueprint.add_url_rule(_ORGANISATION, "organisation", organisations.organisation)
blueprint.add_url_rule(f"{_ORGANISATION}/name", "rename", organisations.rename, methods=["POST"])
blueprint.add_url_rule(f"{_ORGANISATION}/members", "add_member", organisations.add_member, methods=["POST"])
blueprint.add_url_rule(f"{_MEMBER}/role", "change_role", organisations.change_role, methods=["POST"])
blueprint.add_url_rule(f"{_MEMBER}/remove", "remove_member", organisations.remove_member, methods=["POST"])
blueprint.add_url_rule("/admin/challenges", "challenges", challenges.challenges)
blueprint.add_url_rule("/admin/extra-time", "extra_time", extra_time.wishes)
blueprint.add_url_rule("/admin/extra-time/<wish_id>", "decide_extra_time", extra_time.decide, methods=["POST"])
blueprint.add_url_rule("/admin/audit", "audit", records.audit)
blueprint.add_url_rule("/admin/system", "system", records.system)


@blueprint.context_processor
def values() -> dict[str, object]:
    """The tabs of the administration, and what the author's templates use."""
    return {**template_values(), "admin_tabs": tabs}


def tabs() -> list[dict[str, object]]:
    """One for each part; `now` marks the one the page belongs to."""
    parts = [
        ("/admin/", _("Judging"), "admin.judging"),
        ("/admin/extra-time", _("Extra time"), "admin.extra_time"),
        ("/admin/people", _("People"), "admin.people"),
        ("/admin/organisations", _("Organisations"), "admin.organisations"),
        ("/admin/challenges", _("Challenges"), "admin.challenges"),
        ("/admin/audit", _("Audit log"), "admin.audit"),
        ("/admin/system", _("System"), "admin.system"),
    ]
    here = request.path
    return [
        {"url": url_for(endpoint), "label": label, "now": here == path or here.startswith(f"{path}/")}
        for path, label, endpoint in parts
    ]
