"""The command `assessor`. Things are wired together here, in the worker and in the app factory, nowhere else."""
