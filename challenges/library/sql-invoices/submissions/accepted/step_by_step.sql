-- One step after the other: payments so far, what is left of each invoice, then one row a customer.
WITH paid AS (
  SELECT payments.invoice_id, SUM(payments.amount) AS amount
  FROM payments
  JOIN report ON payments.paid_on <= report.as_of
  GROUP BY payments.invoice_id
),
late AS (
  SELECT invoices.customer_id, invoices.due_on, invoices.amount - COALESCE(paid.amount, 0) AS remaining
  FROM invoices
  JOIN report ON invoices.due_on < report.as_of
  LEFT JOIN paid ON paid.invoice_id = invoices.id
  WHERE invoices.amount > COALESCE(paid.amount, 0)
)
SELECT customers.id, customers.name, COUNT(*) AS late_invoices, SUM(late.remaining) AS remaining, MIN(late.due_on) AS earliest
FROM customers
JOIN late ON late.customer_id = customers.id
GROUP BY customers.id
ORDER BY remaining DESC, earliest, customers.id;
