-- Takes customers of the same name for one, and sorts by what is left alone.
WITH paid AS (
  SELECT invoice_id, SUM(amount) AS amount FROM payments WHERE paid_on <= (SELECT as_of FROM report) GROUP BY invoice_id
)
SELECT customers.id, customers.name, COUNT(*), SUM(invoices.amount - COALESCE(paid.amount, 0)) AS remaining, MIN(invoices.due_on)
FROM customers
JOIN invoices ON invoices.customer_id = customers.id
LEFT JOIN paid ON paid.invoice_id = invoices.id
WHERE invoices.due_on < (SELECT as_of FROM report) AND invoices.amount > COALESCE(paid.amount, 0)
GROUP BY customers.name
ORDER BY remaining DESC;
