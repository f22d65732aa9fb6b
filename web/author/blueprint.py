"""All the author's addresses in one place."""

from __future__ import annotations

from flask import Blueprint

from web.author import acting, browsing, inquiring, pictures, template_values, uploading

blueprint = Blueprint("author", __name__, template_folder="templates")

_VERSION = "/author/challenges/<challenge_id>/versions/<int:number>"

blueprint.add_url_rule("/author/", "challenges", browsing.challenges)
blueprint.add_url_rule("/author/upload", "upload", uploading.upload)
blueprint.add_url_rule("/author/upload", "submit_upload", uploading.submit_upload, methods=["POST"])
blueprint.add_url_rule("/author/challenges/<challenge_id>", "challenge", browsing.challenge)
blueprint.add_url_rule(_VERSION, "version", browsing.challenge)
blueprint.add_url_rule(f"{_VERSION}/proof", "proof", browsing.proof)
blueprint.add_url_rule(f"{_VERSION}/package.zip", "package", browsing.package)
blueprint.add_url_rule(f"{_VERSION}/prove", "prove", acting.prove, methods=["POST"])
blueprint.add_url_rule(f"{_VERSION}/publish", "publish", acting.publish, methods=["POST"])
blueprint.add_url_rule(f"{_VERSION}/withdraw", "withdraw", acting.withdraw, methods=["POST"])
blueprint.add_url_rule(
    "/author/challenges/<challenge_id>/inquiries/<inquiry_id>", "answer_inquiry", inquiring.answer_inquiry, methods=["POST"]
)
blueprint.add_url_rule("/pictures/<version_id>/<path:name>", "picture", pictures.picture)
blueprint.context_processor(template_values.template_values)
