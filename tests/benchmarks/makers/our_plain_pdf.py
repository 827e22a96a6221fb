"""Our own PDF without tags and without what an archive asks for; with contents, links and outline."""

from functools import partial

from hyoka_desktop.writers.pdf import PdfKind
from tests.benchmarks.makers import our_pdf

make = partial(our_pdf.make, kind=PdfKind.PLAIN)
