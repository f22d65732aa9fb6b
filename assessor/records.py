"""Every record of the service, imported once, so that the metadata is whole wherever it is needed."""

from __future__ import annotations

from assessor.assessments import models as assessments
from assessor.catalogue import models as catalogue
from assessor.database import Base
from assessor.judging import models as judging
from assessor.people import models as people
from assessor.results import models as results

__all__ = ["Base", "assessments", "catalogue", "judging", "people", "results"]
