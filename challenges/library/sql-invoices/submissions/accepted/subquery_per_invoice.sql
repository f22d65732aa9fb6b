SELECT c.id, c.name, COUNT(i.id), SUM(i.remaining) AS total, MIN(i.due_on) AS earliest
FROM customers c,
     (SELECT inv.id, inv.customer_id, inv.due_on,
             inv.amount - (SELECT COALESCE(SUM(p.amount), 0) FROM payments p, report r
                           WHERE p.invoice_id = inv.id AND p.paid_on <= r.as_of) AS remaining
      FROM (SELECT * FROM invoices WHERE due_on < (SELECT as_of FROM report)) inv) i
WHERE i.customer_id = c.id AND i.remaining > 0
GROUP BY c.id, c.name
ORDER BY 4 DESC, 5 ASC, 1 ASC;
