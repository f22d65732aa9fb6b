"""HTTP in, HTML and JSON out. Imports only `assessor`; knows no SQL and no Docker."""
