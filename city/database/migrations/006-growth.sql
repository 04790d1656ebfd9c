-- What grows is found by what is asked about it: no call reads a table, or a city's rows of it, from end to end.

create index payment_bills_of_bill on payment_bills (bill_id);
create index refunds_of_payment on refunds (payment_id);
create index reports_of_citizen on reports (city_id, citizen_id);
create index waitlist_of_citizen on waitlist (city_id, citizen_id);
create index waitlist_of_hold on waitlist (hold_id) where hold_id is not null;
-- Who waits, by what for; days gone by among them.
create index waiting_by_day on waitlist (city_id, day, hall_id, item_id) where state = 'waiting';
