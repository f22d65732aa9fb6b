"""Writes the tests of this challenge, the same ones every time. Run it from anywhere: python3 generators/generate.py

The answers are worked out here, in Python, without SQL; the accepted submissions confirm them.
"""

import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
TODAY = date(2026, 3, 1)
NAMES = "Nadia Haddad,Olle Berg,Café Ängen,مخبز النور,Lindqvist & Co,O'Brien,Studio 7,Sara Nilsson,Kim,Yusuf Ali".split(",")
SCHEMA = """\
CREATE TABLE report (as_of TEXT NOT NULL);
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  due_on TEXT NOT NULL,
  amount INTEGER NOT NULL
);
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  paid_on TEXT NOT NULL,
  amount INTEGER NOT NULL
);
"""


class Books:
    """The rows of one test. Days are counted from the day of the list: -1 is the day before."""

    def __init__(self, customers: dict[int, str], today: date = TODAY) -> None:
        self.today = today
        self.customers = customers
        self.invoices: list[tuple[int, int, str, int]] = []
        self.payments: list[tuple[int, int, str, int]] = []

    def day(self, days: int) -> str:
        return (self.today + timedelta(days=days)).isoformat()

    def bill(self, customer: int, due: int, amount: int, *paid: tuple[int, int]) -> None:
        """One invoice and its payments, each a day and an amount."""
        number = len(self.invoices) + 101
        self.invoices.append((number, customer, self.day(due), amount))
        for day, part in paid:
            self.payments.append((len(self.payments) + 1, number, self.day(day), part))

    def script(self) -> str:
        parts = [SCHEMA, insert("report", [(self.today.isoformat(),)]), insert("customers", list(self.customers.items()))]
        return "".join([*parts, insert("invoices", self.invoices), insert("payments", self.payments)])

    def answer(self) -> str:
        today = self.today.isoformat()
        paid: dict[int, int] = defaultdict(int)
        for _, invoice, day, amount in self.payments:
            if day <= today:
                paid[invoice] += amount
        late: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for number, customer, due, amount in self.invoices:
            if due < today and amount > paid[number]:
                late[customer].append((due, amount - paid[number]))
        rows = []
        for customer, found in late.items():
            rows.append((-sum(left for _, left in found), min(due for due, _ in found), customer, len(found)))
        return "".join(f"{customer}|{self.customers[customer]}|{count}|{-left}|{due}\n" for left, due, customer, count in sorted(rows))


def literal(value: int | str) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def insert(table: str, rows: list[tuple[int | str, ...]]) -> str:
    blocks = [rows[start : start + 400] for start in range(0, len(rows), 400)]
    values = (",\n".join("(" + ",".join(map(literal, row)) + ")" for row in block) for block in blocks)
    return "".join(f"INSERT INTO {table} VALUES\n{block};\n" for block in values)


def write(name: str, books: Books) -> None:
    path = PACKAGE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_bytes(books.script().encode())
    path.with_suffix(".ans").write_bytes(books.answer().encode())


def few(count: int) -> dict[int, str]:
    return {number + 1: NAMES[number] for number in range(count)}


def shuffled_customers(rng: random.Random, count: int, spread: int) -> dict[int, str]:
    """Customers with ids in no order; their names repeat when there are more of them than `spread`."""
    numbers = rng.sample(range(1, 9000), count)
    return {number: f"{NAMES[place % spread % len(NAMES)]} {place % spread}" for place, number in enumerate(numbers)}


def samples() -> None:
    books = Books(few(3))
    books.bill(1, -20, 50000, (-10, 20000))
    books.bill(1, -5, 12000, (-4, 2000))
    books.bill(2, -40, 90000, (-40, 90000))
    books.bill(3, -8, 75000, (-1, 5000))
    write("sample/1", books)

    books = Books({4: "Olle Berg", 7: "Café Ängen", 9: "Olle Berg"})
    books.bill(9, -30, 30000)
    books.bill(4, -12, 40000, (-12, 5000), (-3, 5000), (2, 30000))
    books.bill(7, 0, 80000)
    books.bill(7, -9, 10000, (-9, 15000))
    write("sample/2", books)


def basic() -> None:
    books = Books(few(1))
    books.bill(1, -1, 2, (-1, 1))
    write("secret/basic/01-one-cent", books)

    books = Books(few(3))
    for customer, left in ((1, 300), (2, 900), (3, 600)):
        books.bill(customer, -9, 10000, (-5, 10000 - left))
    write("secret/basic/02-three-customers", books)

    books = Books(few(2))
    for due, amount in ((-3, 700), (-90, 800), (-20, 900)):
        books.bill(1, due, amount, (-2, 100))
        books.bill(2, due - 1, amount, (-2, 100 + due))
    write("secret/basic/03-three-invoices-each", books)

    books = Books(few(4))
    books.bill(2, -9, 5000, (-8, 5000))
    books.bill(3, -9, 5000, (-8, 4000))
    books.bill(4, 30, 5000, (-8, 100))
    write("secret/basic/04-paid-and-not-due", books)

    rng = random.Random(20261204)
    books = Books(shuffled_customers(rng, 60, 60))
    for place, customer in enumerate(rng.sample(sorted(books.customers), 50)):
        for _ in range(rng.randint(1, 4)):
            amount = rng.randint(2000, 90000)
            books.bill(customer, -rng.randint(1, 400), amount, (-rng.randint(1, 90), rng.randint(1, amount - 1000)))
        books.bill(customer, -500, 1000000 + place, (-1, 1))
    write("secret/basic/05-sixty-customers", books)


def dates() -> None:
    books = Books(few(2))
    books.bill(1, 0, 1000, (-1, 100))
    books.bill(2, -1, 1000, (-1, 100))
    write("secret/dates/01-due-on-the-day", books)

    books = Books(few(3))
    books.bill(1, -5, 1000, (0, 1000))
    books.bill(2, -5, 1000, (-5, 1), (1, 999))
    books.bill(3, -5, 2000, (0, 500), (1, 500))
    write("secret/dates/02-paid-on-the-day", books)

    books = Books(few(2))
    books.bill(1, -5, 1000, (-6, 100), (30, 900))
    books.bill(2, 5, 1000, (-6, 100))
    write("secret/dates/03-still-to-come", books)

    books = Books(few(3), date(2026, 1, 1))
    books.bill(1, -1, 1000, (-1, 10))
    books.bill(2, 0, 1000, (-1, 10))
    books.bill(3, -366, 1000, (1, 1000), (-1, 20))
    write("secret/dates/04-new-year", books)

    books = Books(few(1), date(2024, 2, 29))
    books.bill(1, -1, 1000, (0, 10), (1, 20))
    write("secret/dates/05-leap-day", books)

    rng = random.Random(20261205)
    books = Books(shuffled_customers(rng, 200, 200), date(2025, 10, 3))
    for place, customer in enumerate(sorted(books.customers)):
        amount = 2000 + 300 * place
        so_far = (rng.randint(-2, 0), rng.choice([50, amount // 2, amount]))
        books.bill(customer, rng.randint(-3, 2), amount, so_far, (rng.randint(1, 3), amount))
    write("secret/dates/06-around-the-day", books)


def payments() -> None:
    books = Books(few(1))
    books.bill(1, -1, 777)
    write("secret/payments/01-none", books)

    books = Books(few(2))
    books.bill(1, -9, 10000, (-8, 1000), (-7, 1000), (-7, 1000))
    books.bill(2, -9, 9000, (-8, 3000), (-7, 3000), (-6, 3000))
    write("secret/payments/02-several", books)

    books = Books(few(2))
    books.bill(1, -9, 10000, (-8, 15000))
    books.bill(1, -8, 2000, (-8, 500))
    books.bill(2, -8, 2000, (-8, 1500), (-8, 1500))
    write("secret/payments/03-too-much", books)

    books = Books(few(2))
    books.bill(1, -9, 4000)
    books.bill(1, -8, 4000)
    books.bill(2, -7, 4000, (-5, 1), (-5, 1))
    write("secret/payments/04-equal-amounts", books)

    books = Books(few(1))
    for _ in range(30):
        books.bill(1, -3, 1000000000, (-2, 1))
    write("secret/payments/05-past-32-bits", books)

    rng = random.Random(20261206)
    books = Books(shuffled_customers(rng, 500, 500))
    everybody = sorted(books.customers)
    for _ in range(1000):
        amount = rng.randint(100, 50000)
        parts = rng.choice([0, 1, 1, 2, 3, 3, 5])
        books.bill(rng.choice(everybody), rng.randint(-300, -1), amount, *((-rng.randint(1, 200), rng.randint(1, 1 + amount // 2)) for _ in range(parts)))
    books.payments = books.payments[:2000]
    write("secret/payments/06-largest", books)


def ties() -> None:
    write("secret/ties/01-nothing-at-all", Books({}))

    books = Books(few(3))
    books.bill(1, -9, 5000, (-9, 5000))
    books.bill(2, 9, 5000)
    write("secret/ties/02-nobody-late", books)

    books = Books({8: "Kim", 3: "Kim", 5: "Kim"})
    for customer, amount in ((3, 100), (5, 300), (8, 200)):
        books.bill(customer, -9, amount + 50, (-9, 50))
    write("secret/ties/03-same-name", books)

    books = Books(few(4))
    for customer, due in ((1, -3), (2, -5), (3, -4), (4, -5)):
        books.bill(customer, due, 600, (-2, 100))
    write("secret/ties/04-same-sum", books)

    books = Books(few(3))
    for customer in (3, 1, 2):
        books.bill(customer, -7, 600, (-2, 100))
    write("secret/ties/05-same-sum-and-day", books)

    books = Books(few(2))
    books.bill(1, -2, 1000, (-2, 1))
    for _ in range(9):
        books.bill(2, -3, 101, (-2, 1))
    write("secret/ties/06-nine-hundred-and-thousand", books)

    rng = random.Random(20261207)
    books = Books(shuffled_customers(rng, 400, 90))
    for customer in rng.sample(sorted(books.customers), 300):
        for _ in range(rng.randint(1, 3)):
            books.bill(customer, -rng.randint(1, 4), 100 * rng.randint(2, 3), (-1, 100))
    write("secret/ties/07-many", books)


samples()
basic()
dates()
payments()
ties()
