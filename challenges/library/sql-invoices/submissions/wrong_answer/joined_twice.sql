-- Adds up the invoice's amount once for each of its payments.
SELECT customers.id, customers.name, COUNT(DISTINCT invoices.id),
       SUM(invoices.amount) - SUM(COALESCE(payments.amount, 0)) AS remaining, MIN(invoices.due_on) AS earliest
FROM customers
JOIN invoices ON invoices.customer_id = customers.id
LEFT JOIN payments ON payments.invoice_id = invoices.id AND payments.paid_on <= (SELECT as_of FROM report)
WHERE invoices.due_on < (SELECT as_of FROM report)
GROUP BY customers.id
HAVING remaining > 0
ORDER BY remaining DESC, earliest, customers.id;
