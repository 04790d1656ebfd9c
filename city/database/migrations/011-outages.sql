create index outages_by_end on outages (city_id, ended_at);
