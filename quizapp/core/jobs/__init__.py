"""Work that takes longer than a page may: a row each, done by one worker process beside the server.

A job's steps are a generator. Each time it yields, the worker commits what it did, notes its
progress and says that it is alive; a job whose worker died is begun anew by the next, so steps
go on from what stands in the database.
"""
