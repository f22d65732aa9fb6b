-- Uses a function of another database, which SQLite does not know.
SELECT customers.id, customers.name, COUNT(*), SUM(invoices.amount), MIN(invoices.due_on)
FROM customers
JOIN invoices ON invoices.customer_id = customers.id
WHERE invoices.due_on < TO_DATE((SELECT as_of FROM report), 'YYYY-MM-DD')
GROUP BY customers.id, customers.name;
