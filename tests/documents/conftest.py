"""Fixtures of the document tests: each report is built once a session.

`pytest tests/documents --accept-goldens` stores what the goldens hold now; look at the difference before keeping it.
"""

import contextlib

import pytest
from built_reports import FORMS, MODEL, build_empty, build_model, build_sample, build_stress
from pdf_reading import read_pdf

NAMES = ("sample", "model", *(f"empty-{form}" for form in FORMS))
STRESSED = tuple(f"stress-{form}" for form in FORMS)


def pytest_addoption(parser):
    with contextlib.suppress(ValueError):
        parser.addoption("--accept-goldens", action="store_true", help="store the goldens as they are now")


@pytest.fixture(scope="session")
def accepts_goldens(request):
    return request.config.getoption("--accept-goldens", default=False)


@pytest.fixture(scope="session")
def build_by_name(tmp_path_factory):
    """Build one of the reports by its name, the first time that it is asked for."""
    built = {}

    def by_name(name):
        if name == "model" and not MODEL.is_file():
            pytest.skip(f"the model document is not here: {MODEL.parent.name}/{MODEL.name} beside the repository")
        if name not in built:
            if name == "sample":
                built[name] = build_sample(tmp_path_factory.mktemp("sample"))
            elif name == "model":
                built[name] = build_model()
            elif name.startswith("stress-"):
                built[name] = build_stress(name.removeprefix("stress-"))
            else:
                built[name] = build_empty(tmp_path_factory.mktemp("empty"), name.removeprefix("empty-"))
        return built[name]

    return by_name


@pytest.fixture(scope="session", params=NAMES)
def built(request, build_by_name):
    """Every report in turn: sample, model and an empty one of each form."""
    return build_by_name(request.param)


@pytest.fixture(scope="session", params=(*NAMES, *STRESSED))
def built_or_stressed(request, build_by_name):
    """Every report in turn, and one of each form with random hostile texts."""
    return build_by_name(request.param)


@pytest.fixture(scope="session")
def sample(build_by_name):
    return build_by_name("sample")


@pytest.fixture(scope="session")
def pages_of(build_by_name):
    """Read the finished PDF of a report back, once."""
    read = {}

    def pages(built):
        if built.name not in read:
            read[built.name] = read_pdf(built.pdf)
        return read[built.name]

    return pages
