-- An example: the plan of a conference, a list of 73 tasks from half a year before
-- to six weeks after, loaded into the tables that hold the 28 items of a salon.
-- psql -d DATABASE -c 'SET search_path = SPACE, salon' -f conference.sql
--
-- It is data: codes, names in two languages, owners, when each is due, how long
-- it takes, what it waits for. Make your own in the same way, in a text editor or
-- in a spreadsheet saved as text with tabs.

INSERT INTO template (template_code, name_en, name_zh) VALUES ('conference', 'conference', '大会');

-- Owners are duties; some of these are not among the 21 of a salon.
INSERT INTO duty (duty_code, ordinal, name_en, name_zh, is_on_site) VALUES
    ('coordination', 31, 'coordination',    '总协调', false),
    ('budget',       32, 'budget',          '财务',   false),
    ('catering',     33, 'catering',        '餐饮',   false),
    ('volunteer',    34, 'volunteers',      '志愿者', false),
    ('live_stream',  35, 'stage and video', '舞台与视频', true);

-- Most tasks have no rule: a person says that they are done, with evidence. Some
-- use a rule, and are done once the fact is there.
COPY checklist_item (item_code, template_code, ordinal, phase_code, name_en, name_zh, rule_code, argument,
                     due_anchor, due_offset, lasts, not_before, duty_code) FROM stdin;
conf_lead	conference	1	design	form the core team	组建核心团队	\N	\N	start	-26 weeks	7 days	\N	coordination
conf_goals	conference	2	design	agree on goals and audience	确定目标与受众	\N	\N	start	-26 weeks	5 days	\N	coordination
conf_theme	conference	3	design	settle the name and theme	确定名称和主题	name	\N	start	-25 weeks	5 days	\N	topic_planning
conf_budget1	conference	4	design	first budget with three sizes	三档规模的初步预算	\N	\N	start	-24 weeks	7 days	\N	budget
conf_conduct	conference	5	design	adopt a code of conduct	通过行为准则	\N	\N	start	-24 weeks	5 days	\N	coordination
conf_date	conference	6	design	fix the date	确定日期	time	\N	start	-24 weeks	5 days	\N	coordination
conf_venue_list	conference	7	prepare	shortlist venues and ask for quotes	筛选场地并询价	\N	\N	start	-23 weeks	14 days	\N	venue
conf_venue_visit	conference	8	prepare	visit the shortlisted venues	实地考察场地	\N	\N	start	-22 weeks	5 days	\N	venue
conf_venue_sign	conference	9	prepare	sign the contract for the venue	签订场地合同	place	\N	start	-21 weeks	7 days	\N	venue
conf_insure	conference	10	prepare	take out insurance	购买活动保险	\N	\N	start	-18 weeks	7 days	\N	budget
conf_bank	conference	11	design	open the account and the ledger	开立账户和账本	\N	\N	start	-23 weeks	7 days	\N	budget
conf_budget2	conference	12	design	second budget with real quotes	按实际报价更新预算	\N	\N	start	-20 weeks	5 days	\N	budget
conf_site	conference	13	promote	put the website online	网站上线	\N	\N	start	-22 weeks	7 days	\N	promotion
conf_brand	conference	14	promote	logo, colours and fonts	标志、配色和字体	\N	\N	start	-22 weeks	10 days	\N	poster
conf_social	conference	15	promote	open the social channels	开通社交账号	\N	\N	start	-22 weeks	2 days	\N	promotion
conf_announce	conference	16	promote	announce date and place	公布日期和地点	\N	\N	start	-20 weeks	2 days	\N	promotion
conf_list	conference	17	promote	start the mailing list	建立邮件列表	\N	\N	start	-20 weeks	2 days	\N	promotion
conf_sp_pack	conference	18	prepare	write the sponsor packages	编写赞助套餐	\N	\N	start	-21 weeks	7 days	\N	sponsor_search
conf_sp_call	conference	19	prepare	open the call for sponsors	公开征集赞助商	\N	\N	start	-20 weeks	3 days	\N	sponsor_search
conf_sp_big	conference	20	prepare	win the main sponsor	落实主赞助商	\N	\N	start	-16 weeks	28 days	\N	sponsor_search
conf_sp_rest	conference	21	prepare	fill the other packages	其余套餐售完	\N	\N	start	-8 weeks	42 days	\N	sponsor_search
conf_sp_bill	conference	22	prepare	invoice the sponsors	向赞助商开票	\N	\N	start	-7 weeks	14 days	\N	budget
conf_sp_logo	conference	23	promote	collect the logos of sponsors	收集赞助商标志	\N	\N	start	-6 weeks	7 days	\N	poster
conf_cfp_text	conference	24	prepare	write the call for talks	编写议题征集说明	\N	\N	start	-20 weeks	4 days	\N	speaker_invitation
conf_cfp_open	conference	25	promote	open the call for talks	开放议题征集	\N	\N	start	-19 weeks	1 day	\N	speaker_invitation
conf_cfp_close	conference	26	prepare	close the call for talks	截止议题征集	\N	\N	start	-13 weeks	1 day	\N	speaker_invitation
conf_keynote	conference	27	prepare	win the keynote speaker	邀请主题演讲嘉宾	\N	\N	start	-16 weeks	21 days	\N	speaker_invitation
conf_jury	conference	28	prepare	name the programme committee	成立议题委员会	\N	\N	start	-17 weeks	7 days	\N	topic_planning
conf_review	conference	29	prepare	review and rank the proposals	评审并排序议题	\N	\N	start	-12 weeks	7 days	\N	topic_planning
conf_choose	conference	30	prepare	choose talks and reserves	确定入选和候补议题	\N	\N	start	-11 weeks	3 days	\N	topic_planning
conf_invite	conference	31	prepare	speakers accept in writing	讲师书面确认	\N	\N	start	-10 weeks	7 days	\N	speaker_invitation
conf_agenda	conference	32	promote	publish the agenda	发布议程	agenda	\N	start	-9 weeks	7 days	\N	topic_planning
conf_travel	conference	33	prepare	book travel and rooms of speakers	预订讲师差旅	\N	\N	start	-8 weeks	10 days	\N	speaker_itinerary
conf_intro	conference	34	promote	introduce the speakers on the site	网站介绍讲师	speaker_introduction	\N	start	-8 weeks	5 days	\N	speaker_invitation
conf_portrait	conference	35	promote	collect portraits of speakers	收集讲师照片	speaker_photo	\N	start	-8 weeks	5 days	\N	speaker_invitation
conf_brief	conference	36	prepare	brief the speakers on stage and time	向讲师说明舞台和时间	\N	\N	start	-4 weeks	3 days	\N	speaker_invitation
conf_slides1	conference	37	prepare	collect slides in advance	提前收集幻灯片	\N	\N	start	-1 week	4 days	\N	slide_collection
conf_tick_set	conference	38	prepare	set ticket kinds and prices	设定票种和票价	\N	\N	start	-17 weeks	4 days	\N	registration
conf_tick_open	conference	39	promote	open the ticket sale	开始售票	link	registration	start	-16 weeks	1 day	\N	registration
conf_tick_early	conference	40	promote	end the early price	早鸟票结束	\N	\N	start	-12 weeks	1 day	\N	registration
conf_tick_push	conference	41	promote	second wave of promotion	第二轮宣传	\N	\N	start	-5 weeks	7 days	\N	promotion
conf_tick_close	conference	42	prepare	close the ticket sale	停止售票	\N	\N	start	-1 week	1 day	\N	registration
conf_grant	conference	43	prepare	award places to students	评定学生资助名额	\N	\N	start	-10 weeks	14 days	\N	budget
conf_special	conference	44	prepare	ask for diets and access needs	征询饮食和无障碍需求	\N	\N	start	-3 weeks	3 days	\N	registration
conf_vol_call	conference	45	prepare	call for volunteers	招募志愿者	\N	\N	start	-14 weeks	3 days	\N	volunteer
conf_vol_pick	conference	46	prepare	choose volunteers and leads	确定志愿者和组长	\N	\N	start	-9 weeks	7 days	\N	volunteer
conf_vol_rota	conference	47	prepare	draw up the rota	排定值班表	\N	\N	start	-3 weeks	5 days	\N	volunteer
conf_vol_train	conference	48	prepare	train the volunteers	培训志愿者	\N	\N	start	-1 week	1 day	\N	volunteer
conf_cater_ask	conference	49	prepare	ask caterers for offers	餐饮询价	\N	\N	start	-12 weeks	7 days	\N	catering
conf_cater_sign	conference	50	prepare	order meals and breaks	订餐和茶歇	\N	\N	start	-8 weeks	5 days	\N	catering
conf_cater_count	conference	51	prepare	give the caterer the final count	向餐饮方报最终人数	\N	\N	start	-1 week	1 day	\N	catering
conf_dinner	conference	52	prepare	book the speakers' dinner	预订讲师晚宴	\N	\N	start	-6 weeks	5 days	\N	catering
conf_venue_tech	conference	53	prepare	check stage, sound and network	检查舞台、音响和网络	\N	\N	start	-8 weeks	5 days	\N	live_stream
conf_av_hire	conference	54	prepare	hire cameras and crew	租用摄像与人员	\N	\N	start	-7 weeks	7 days	\N	live_stream
conf_stream	conference	55	prepare	test the live stream	测试直播	link	live	start	-3 weeks	3 days	\N	live_stream
conf_caption	conference	56	prepare	arrange captions	安排字幕	\N	\N	start	-3 weeks	7 days	\N	live_stream
conf_safety	conference	57	prepare	safety plan and first aid	安全预案和急救	\N	\N	start	-4 weeks	5 days	\N	venue
conf_signs	conference	58	prepare	signs and banners	指示牌和易拉宝	\N	\N	start	-2 weeks	5 days	\N	banner
conf_badge	conference	59	prepare	print badges	制作胸牌	\N	\N	start	-2 weeks	5 days	\N	check_in
conf_shirt	conference	60	prepare	order shirts	订购文化衫	\N	\N	start	-5 weeks	14 days	\N	poster
conf_gift	conference	61	prepare	thank-you gifts for speakers	讲师谢礼	\N	\N	start	-4 weeks	14 days	\N	speaker_itinerary
conf_poster	conference	62	promote	poster of the programme	议程海报	asset	poster	start	-6 weeks	5 days	\N	poster
conf_notice	conference	63	promote	practical notes to attendees	参会须知	notice	\N	start	-2 weeks	2 days	\N	registration
conf_survey	conference	64	prepare	write the questionnaire	编写问卷	link	survey	start	-1 week	3 days	\N	questionnaire
conf_script	conference	65	prepare	running order minute by minute	分钟级流程单	\N	\N	start	-1 week	3 days	\N	host
conf_setup	conference	66	prepare	set up the rooms	布置会场	\N	\N	start	-1 day	1 day	\N	venue
conf_open_desk	conference	67	prepare	run the registration desk	运行签到台	\N	\N	end	0 days	8 hours	start	check_in
conf_record	conference	68	follow	record every talk	录制全部演讲	\N	\N	end	1 day	1 day	start	live_stream
conf_tidy	conference	69	follow	clear and hand back the venue	清场并交还场地	\N	\N	end	1 day	1 day	end	venue
conf_thanks	conference	70	follow	thank speakers, sponsors and helpers	致谢讲师、赞助商和志愿者	\N	\N	end	1 week	3 days	end	promotion
conf_videos	conference	71	follow	cut and publish the recordings	剪辑并发布录像	link	replay	end	4 weeks	14 days	end	short_video
conf_accounts	conference	72	follow	close the accounts	结清账目	\N	\N	end	6 weeks	14 days	end	budget
conf_lessons	conference	73	follow	hold the retrospective and write it up	复盘并成文	\N	\N	end	3 weeks	7 days	end	coordination
\.

-- Which task waits for which.
COPY item_dependency (item_code, needs_code) FROM stdin;
conf_goals	conf_lead
conf_theme	conf_goals
conf_budget1	conf_goals
conf_conduct	conf_lead
conf_date	conf_goals
conf_venue_list	conf_goals
conf_venue_visit	conf_venue_list
conf_venue_sign	conf_venue_visit
conf_venue_sign	conf_budget1
conf_venue_sign	conf_date
conf_insure	conf_venue_sign
conf_bank	conf_budget1
conf_budget2	conf_venue_sign
conf_budget2	conf_bank
conf_site	conf_theme
conf_site	conf_date
conf_brand	conf_theme
conf_social	conf_theme
conf_announce	conf_site
conf_announce	conf_social
conf_announce	conf_venue_sign
conf_announce	conf_conduct
conf_list	conf_site
conf_sp_pack	conf_budget1
conf_sp_pack	conf_brand
conf_sp_call	conf_sp_pack
conf_sp_call	conf_announce
conf_sp_big	conf_sp_call
conf_sp_rest	conf_sp_call
conf_sp_bill	conf_sp_rest
conf_sp_logo	conf_sp_rest
conf_cfp_text	conf_theme
conf_cfp_text	conf_conduct
conf_cfp_open	conf_cfp_text
conf_cfp_open	conf_announce
conf_cfp_close	conf_cfp_open
conf_keynote	conf_announce
conf_jury	conf_lead
conf_review	conf_cfp_close
conf_review	conf_jury
conf_choose	conf_review
conf_invite	conf_choose
conf_agenda	conf_invite
conf_agenda	conf_keynote
conf_travel	conf_invite
conf_travel	conf_budget2
conf_intro	conf_agenda
conf_portrait	conf_invite
conf_brief	conf_agenda
conf_brief	conf_venue_tech
conf_slides1	conf_brief
conf_tick_set	conf_budget2
conf_tick_open	conf_tick_set
conf_tick_open	conf_announce
conf_tick_early	conf_tick_open
conf_tick_push	conf_agenda
conf_tick_push	conf_tick_open
conf_tick_close	conf_tick_open
conf_grant	conf_tick_open
conf_special	conf_tick_open
conf_vol_call	conf_announce
conf_vol_pick	conf_vol_call
conf_vol_rota	conf_vol_pick
conf_vol_rota	conf_agenda
conf_vol_train	conf_vol_rota
conf_cater_ask	conf_venue_sign
conf_cater_sign	conf_cater_ask
conf_cater_sign	conf_budget2
conf_cater_count	conf_cater_sign
conf_cater_count	conf_special
conf_cater_count	conf_tick_close
conf_dinner	conf_invite
conf_dinner	conf_budget2
conf_venue_tech	conf_venue_sign
conf_av_hire	conf_venue_tech
conf_av_hire	conf_budget2
conf_stream	conf_av_hire
conf_caption	conf_agenda
conf_safety	conf_venue_sign
conf_safety	conf_vol_pick
conf_signs	conf_sp_logo
conf_signs	conf_agenda
conf_badge	conf_tick_open
conf_badge	conf_sp_logo
conf_shirt	conf_brand
conf_shirt	conf_sp_logo
conf_gift	conf_invite
conf_poster	conf_agenda
conf_poster	conf_sp_logo
conf_notice	conf_agenda
conf_notice	conf_safety
conf_survey	conf_agenda
conf_script	conf_agenda
conf_script	conf_vol_rota
conf_script	conf_stream
conf_setup	conf_signs
conf_setup	conf_badge
conf_open_desk	conf_setup
conf_open_desk	conf_vol_train
conf_open_desk	conf_badge
conf_record	conf_stream
conf_tidy	conf_setup
conf_thanks	conf_open_desk
conf_videos	conf_record
conf_accounts	conf_sp_bill
conf_accounts	conf_tidy
conf_lessons	conf_survey
conf_lessons	conf_thanks
\.

INSERT INTO template_duty (template_code, duty_code)
SELECT DISTINCT i.template_code, i.duty_code
FROM checklist_item i
WHERE i.template_code = 'conference' AND i.duty_code IS NOT NULL;
