"""Files given on the site: kept by content hash, read one after the other by a process beside the server.

`receive` keeps files and asks for their reading, `settle` reads one, `tasks` names the jobs, `worker` runs them.
"""
