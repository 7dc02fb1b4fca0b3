"""Know places by name.

Takes GeoNames' files or the tables that come with whosays, gives a `Gazetteer`, never decides which place is meant.
"""

from whosays.gazetteer.compile import compile_tables
from whosays.gazetteer.geonames import REGIONS
from whosays.gazetteer.installed import find_installed, install_geonames
from whosays.gazetteer.own_tables import EMBEDDED, list_capitals, list_country_names, read_countries, read_regions
from whosays.gazetteer.tables import TableGazetteer

__all__ = [
    "EMBEDDED",
    "REGIONS",
    "TableGazetteer",
    "compile_tables",
    "find_installed",
    "install_geonames",
    "list_capitals",
    "list_country_names",
    "read_countries",
    "read_regions",
]
