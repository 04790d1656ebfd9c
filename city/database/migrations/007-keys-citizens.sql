-- A city can be a shard: every key begins with it.

alter table sessions drop constraint sessions_citizen_id_fkey;
alter table grants drop constraint grants_person_id_fkey;
alter table citizens drop constraint citizens_pkey;
alter table citizens add primary key (city_id, id);
alter table sessions drop constraint sessions_pkey;
alter table sessions add primary key (city_id, token_hash);
alter table sessions add foreign key (city_id, citizen_id) references citizens (city_id, id);
alter table grants add foreign key (city_id, person_id) references citizens (city_id, id);

alter table data_uses drop constraint data_uses_pkey;
alter table data_uses add primary key (city_id, id);
alter table reports drop constraint reports_pkey;
alter table reports add primary key (city_id, id);
alter table account_matches drop constraint account_matches_pkey;
alter table account_matches add primary key (city_id, id);
alter table accounts drop constraint accounts_pkey;
alter table accounts add primary key (city_id, id);
