"""Archives of any size to tables: the same stages as for one page, in all cores or on a cluster, resumable at any kill.

Takes WARC files, JSON lines, Parquet and folders; gives Parquet. Knows no ledger but when it loads one.
"""

from whosays.batch.linking import link_tables
from whosays.batch.loading import Selection, load_tables
from whosays.batch.running import Progress, run_batch
from whosays.batch.shards import list_shards
from whosays.batch.tables import TABLES

__all__ = ["TABLES", "Progress", "Selection", "link_tables", "list_shards", "load_tables", "run_batch"]
