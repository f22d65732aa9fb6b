"""Checks one input against the statement: exit status 42 when it holds, 43 and a reason when it does not."""

import sqlite3
import sys
from datetime import date

LARGEST = {"customers": 500, "invoices": 1000, "payments": 2000}
COLUMNS = {
    "report": ["as_of"],
    "customers": ["id", "name"],
    "invoices": ["id", "customer_id", "due_on", "amount"],
    "payments": ["id", "invoice_id", "paid_on", "amount"],
}


def check(script: str) -> str | None:
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(script)
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    if tables != list(COLUMNS):
        return f"the tables are {tables}"
    for table, columns in COLUMNS.items():
        found = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        if found != columns:
            return f"{table} has the columns {found}"
    for table, most in LARGEST.items():
        count = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        if count > most:
            return f"{count} rows in {table}"
    if database.execute("SELECT COUNT(*) FROM report").fetchone()[0] != 1:
        return "report does not have one row"
    days = "SELECT as_of FROM report UNION SELECT due_on FROM invoices UNION SELECT paid_on FROM payments"
    for (day,) in database.execute(days):
        if date.fromisoformat(day).isoformat() != day:
            return f"not a date: {day!r}"
    for (amount,) in database.execute("SELECT amount FROM invoices UNION SELECT amount FROM payments"):
        if not isinstance(amount, int) or not 0 < amount <= 10**9:
            return f"not an amount: {amount!r}"
    for (name,) in database.execute("SELECT name FROM customers"):
        if name != " ".join(name.split()) or not name or "|" in name:
            return f"not a name: {name!r}"
    return None


try:
    reason = check(sys.stdin.buffer.read().decode("utf-8"))
except (sqlite3.Error, ValueError) as error:
    reason = str(error)
if reason:
    print(reason, file=sys.stderr)
sys.exit(43 if reason else 42)
