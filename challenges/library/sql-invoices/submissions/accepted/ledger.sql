-- Puts invoices and payments into one ledger of plus and minus, so that nothing has to be joined to be added up.
WITH ledger (invoice_id, amount) AS (
  SELECT id, amount FROM invoices
  UNION ALL
  SELECT invoice_id, -amount FROM payments WHERE paid_on <= (SELECT as_of FROM report)
),
balance AS (
  SELECT invoice_id, SUM(amount) AS remaining FROM ledger GROUP BY invoice_id HAVING SUM(amount) > 0
)
SELECT DISTINCT
  customers.id,
  customers.name,
  COUNT(*) OVER customer,
  SUM(balance.remaining) OVER customer AS remaining,
  MIN(invoices.due_on) OVER customer AS earliest
FROM balance
JOIN invoices ON invoices.id = balance.invoice_id
JOIN customers ON customers.id = invoices.customer_id
WHERE invoices.due_on < (SELECT as_of FROM report)
WINDOW customer AS (PARTITION BY customers.id)
ORDER BY remaining DESC, earliest, customers.id;
