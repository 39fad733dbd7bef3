"""The search by a typed name in a directory of five thousand institutions."""

import random
import statistics
import time

from bench.figure import Figure
from bot.directory.search import DirectorySearch
from tests.directory.synthetic import directory, queries

INSTITUTIONS = 5_000
QUERIES = 600
