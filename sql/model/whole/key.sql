-- Keys that are given with their rows: see _key_given.  Every table with an
-- identity column has this trigger.

CREATE TRIGGER party_key_given AFTER INSERT ON party REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('party_id');
CREATE TRIGGER party_role_key_given AFTER INSERT ON party_role REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('party_role_id');
CREATE TRIGGER party_merge_key_given AFTER INSERT ON party_merge REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('party_merge_id');
CREATE TRIGGER affiliation_key_given AFTER INSERT ON affiliation REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('affiliation_id');
CREATE TRIGGER product_key_given AFTER INSERT ON product REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('product_id');
CREATE TRIGGER contact_key_given AFTER INSERT ON contact REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('contact_id');
CREATE TRIGGER venue_key_given AFTER INSERT ON venue REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('venue_id');
CREATE TRIGGER room_key_given AFTER INSERT ON room REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('room_id');
CREATE TRIGGER room_hours_key_given AFTER INSERT ON room_hours REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('room_hours_id');
CREATE TRIGGER series_key_given AFTER INSERT ON series REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('series_id');
CREATE TRIGGER event_key_given AFTER INSERT ON event REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('event_id');
CREATE TRIGGER event_party_key_given AFTER INSERT ON event_party REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('event_party_id');
CREATE TRIGGER notice_key_given AFTER INSERT ON notice REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('notice_id');
CREATE TRIGGER event_day_key_given AFTER INSERT ON event_day REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('event_day_id');
CREATE TRIGGER session_key_given AFTER INSERT ON session REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('session_id');
CREATE TRIGGER speaker_key_given AFTER INSERT ON speaker REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('speaker_id');
CREATE TRIGGER link_key_given AFTER INSERT ON link REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('link_id');
CREATE TRIGGER template_format_key_given AFTER INSERT ON template_format REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('template_format_id');
CREATE TRIGGER event_format_key_given AFTER INSERT ON event_format REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('event_format_id');
CREATE TRIGGER asset_key_given AFTER INSERT ON asset REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('asset_id');
CREATE TRIGGER resource_conflict_key_given AFTER INSERT ON resource_conflict REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('resource_conflict_id');
CREATE TRIGGER role_supply_key_given AFTER INSERT ON role_supply REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('role_supply_id');
CREATE TRIGGER role_demand_key_given AFTER INSERT ON role_demand REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('role_demand_id');
CREATE TRIGGER satisfies_key_given AFTER INSERT ON satisfies REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('satisfies_id');
CREATE TRIGGER template_resource_key_given AFTER INSERT ON template_resource REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('template_resource_id');
CREATE TRIGGER supply_key_given AFTER INSERT ON supply REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('supply_id');
CREATE TRIGGER demand_key_given AFTER INSERT ON demand REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('demand_id');
CREATE TRIGGER agreement_key_given AFTER INSERT ON agreement REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('agreement_id');
CREATE TRIGGER commitment_key_given AFTER INSERT ON commitment REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('commitment_id');
CREATE TRIGGER delivery_key_given AFTER INSERT ON delivery REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('delivery_id');
CREATE TRIGGER package_key_given AFTER INSERT ON package REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('package_id');
CREATE TRIGGER package_resource_key_given AFTER INSERT ON package_resource REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('package_resource_id');
CREATE TRIGGER cost_key_given AFTER INSERT ON cost REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('cost_id');
CREATE TRIGGER template_duty_key_given AFTER INSERT ON template_duty REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('template_duty_id');
CREATE TRIGGER shift_key_given AFTER INSERT ON shift REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('shift_id');
CREATE TRIGGER event_duty_key_given AFTER INSERT ON event_duty REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('event_duty_id');
CREATE TRIGGER duty_skill_key_given AFTER INSERT ON duty_skill REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('duty_skill_id');
CREATE TRIGGER party_skill_key_given AFTER INSERT ON party_skill REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('party_skill_id');
CREATE TRIGGER availability_key_given AFTER INSERT ON availability REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('availability_id');
CREATE TRIGGER duty_preference_key_given AFTER INSERT ON duty_preference REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('duty_preference_id');
CREATE TRIGGER apart_key_given AFTER INSERT ON apart REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('apart_id');
CREATE TRIGGER talk_key_given AFTER INSERT ON talk REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('talk_id');
CREATE TRIGGER talk_speaker_key_given AFTER INSERT ON talk_speaker REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('talk_speaker_id');
CREATE TRIGGER talk_review_key_given AFTER INSERT ON talk_review REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('talk_review_id');
CREATE TRIGGER talk_vote_key_given AFTER INSERT ON talk_vote REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('talk_vote_id');
CREATE TRIGGER invitation_key_given AFTER INSERT ON invitation REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('invitation_id');
CREATE TRIGGER travel_leg_key_given AFTER INSERT ON travel_leg REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('travel_leg_id');
CREATE TRIGGER absence_key_given AFTER INSERT ON absence REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('absence_id');
CREATE TRIGGER presence_key_given AFTER INSERT ON presence REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('presence_id');
CREATE TRIGGER slot_key_given AFTER INSERT ON slot REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('slot_id');
CREATE TRIGGER seating_key_given AFTER INSERT ON seating REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('seating_id');
CREATE TRIGGER registration_key_given AFTER INSERT ON registration REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('registration_id');
CREATE TRIGGER moved_up_key_given AFTER INSERT ON moved_up REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('moved_up_id');
CREATE TRIGGER event_check_key_given AFTER INSERT ON event_check REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('event_check_id');
CREATE TRIGGER check_pass_key_given AFTER INSERT ON check_pass REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('check_pass_id');
CREATE TRIGGER survey_key_given AFTER INSERT ON survey REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('survey_id');
CREATE TRIGGER question_key_given AFTER INSERT ON question REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('question_id');
CREATE TRIGGER question_option_key_given AFTER INSERT ON question_option REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('question_option_id');
CREATE TRIGGER response_key_given AFTER INSERT ON response REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('response_id');
CREATE TRIGGER answer_key_given AFTER INSERT ON answer REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('answer_id');
CREATE TRIGGER party_industry_key_given AFTER INSERT ON party_industry REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('party_industry_id');
CREATE TRIGGER supplier_of_key_given AFTER INSERT ON supplier_of REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('supplier_of_id');
CREATE TRIGGER segment_key_given AFTER INSERT ON segment REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('segment_id');
CREATE TRIGGER target_key_given AFTER INSERT ON target REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('target_id');
CREATE TRIGGER audience_key_given AFTER INSERT ON audience REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('audience_id');
CREATE TRIGGER reach_key_given AFTER INSERT ON reach REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('reach_id');
CREATE TRIGGER channel_key_given AFTER INSERT ON channel REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('channel_id');
CREATE TRIGGER follower_count_key_given AFTER INSERT ON follower_count REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('follower_count_id');
CREATE TRIGGER post_key_given AFTER INSERT ON post REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('post_id');
CREATE TRIGGER index_value_key_given AFTER INSERT ON index_value REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('index_value_id');
CREATE TRIGGER event_item_key_given AFTER INSERT ON event_item REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('event_item_id');
CREATE TRIGGER resource_rule_key_given AFTER INSERT ON resource_rule REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('resource_rule_id');
CREATE TRIGGER item_dependency_key_given AFTER INSERT ON item_dependency REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('item_dependency_id');
CREATE TRIGGER series_host_key_given AFTER INSERT ON series_host REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('series_host_id');
CREATE TRIGGER host_city_key_given AFTER INSERT ON host_city REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('host_city_id');
CREATE TRIGGER blackout_key_given AFTER INSERT ON blackout REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('blackout_id');
CREATE TRIGGER host_wish_key_given AFTER INSERT ON host_wish REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('host_wish_id');
CREATE TRIGGER city_activity_key_given AFTER INSERT ON city_activity REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('city_activity_id');
CREATE TRIGGER season_key_given AFTER INSERT ON season REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('season_id');
CREATE TRIGGER season_host_key_given AFTER INSERT ON season_host REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('season_host_id');
CREATE TRIGGER turn_key_given AFTER INSERT ON turn REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('turn_id');
CREATE TRIGGER outcome_key_given AFTER INSERT ON outcome REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('outcome_id');
CREATE TRIGGER metric_key_given AFTER INSERT ON metric REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('metric_id');
CREATE TRIGGER consent_key_given AFTER INSERT ON consent REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('consent_id');
CREATE TRIGGER asset_person_key_given AFTER INSERT ON asset_person REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('asset_person_id');
CREATE TRIGGER access_key_given AFTER INSERT ON access REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION _key_given('access_id');
