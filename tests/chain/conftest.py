"""One running service for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from service import Service, running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running
