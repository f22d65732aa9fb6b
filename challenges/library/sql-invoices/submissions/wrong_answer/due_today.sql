-- Calls an invoice late on its due date, and does not ask when a payment was made.
WITH open AS (
  SELECT invoices.customer_id, invoices.due_on,
         invoices.amount - (SELECT TOTAL(amount) FROM payments WHERE invoice_id = invoices.id) AS remaining
  FROM invoices
  WHERE invoices.due_on <= (SELECT as_of FROM report)
)
SELECT customers.id, customers.name, COUNT(*), CAST(SUM(remaining) AS INTEGER) AS total, MIN(due_on) AS earliest
FROM open
JOIN customers ON customers.id = open.customer_id
WHERE remaining > 0
GROUP BY customers.id
ORDER BY total DESC, earliest, customers.id;
