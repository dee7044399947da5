namespace Dadbs.Sql.SystemCatalog.Definitions;

/// <summary>The input, output and subscripting functions that pg_type names, for pg_proc. Written by tools/oracle/export_system_catalog.py from PostgreSQL 15; tab-separated:
/// oid, proname, provolatile, proisstrict, prorettype, proargtypes.</summary>
internal static class PgTypeFunctionTable
{
    public const string Text =
        """
        31	byteaout	i	t	2275	17
        33	charout	i	t	2275	18
        34	namein	i	t	19	2275
        35	nameout	i	t	2275	19
        38	int2in	i	t	21	2275
        39	int2out	i	t	2275	21
        40	int2vectorin	i	t	22	2275
        41	int2vectorout	i	t	2275	22
        42	int4in	i	t	23	2275
        43	int4out	i	t	2275	23
        44	regprocin	s	t	24	2275
        45	regprocout	s	t	2275	24
        46	textin	i	t	25	2275
        47	textout	i	t	2275	25
        48	tidin	i	t	27	2275
        49	tidout	i	t	2275	27
        50	xidin	i	t	28	2275
        51	xidout	i	t	2275	28
        52	cidin	i	t	29	2275
        53	cidout	i	t	2275	29
        54	oidvectorin	i	t	30	2275
        55	oidvectorout	i	t	2275	30
        86	pg_ddl_command_in	i	t	32	2275
        87	pg_ddl_command_out	i	t	2275	32
        88	pg_ddl_command_recv	i	t	32	2281
        90	pg_ddl_command_send	i	t	17	32
        109	unknownin	i	t	705	2275
        110	unknownout	i	t	2275	705
        117	point_in	i	t	600	2275
        118	point_out	i	t	2275	600
        119	lseg_in	i	t	601	2275
        120	lseg_out	i	t	2275	601
        121	path_in	i	t	602	2275
        122	path_out	i	t	2275	602
        123	box_in	i	t	603	2275
        124	box_out	i	t	2275	603
        195	pg_node_tree_in	i	t	194	2275
        196	pg_node_tree_out	i	t	2275	194
        197	pg_node_tree_recv	s	t	194	2281
        198	pg_node_tree_send	s	t	17	194
        200	float4in	i	t	700	2275
        201	float4out	i	t	2275	700
        214	float8in	i	t	701	2275
        215	float8out	i	t	2275	701
        267	table_am_handler_in	i	f	269	2275
        268	table_am_handler_out	i	t	2275	269
        321	json_in	i	t	114	2275
        322	json_out	i	t	2275	114
        323	json_recv	i	t	114	2281
        324	json_send	i	t	17	114
        326	index_am_handler_in	i	f	325	2275
        327	index_am_handler_out	i	t	2275	325
        347	poly_in	i	t	604	2275
        348	poly_out	i	t	2275	604
        436	macaddr_in	i	t	829	2275
        437	macaddr_out	i	t	2275	829
        460	int8in	i	t	20	2275
        461	int8out	i	t	2275	20
        750	array_in	s	t	2277	2275 26 23
        751	array_out	s	t	2275	2277
        886	cash_in	s	t	790	2275
        887	cash_out	s	t	2275	790
        910	inet_in	i	t	869	2275
        911	inet_out	i	t	2275	869
        1031	aclitemin	s	t	1033	2275
        1032	aclitemout	s	t	2275	1033
        1044	bpcharin	i	t	1042	2275 26 23
        1045	bpcharout	i	t	2275	1042
        1046	varcharin	i	t	1043	2275 26 23
        1047	varcharout	i	t	2275	1043
        1084	date_in	s	t	1082	2275
        1085	date_out	s	t	2275	1082
        1143	time_in	s	t	1083	2275 26 23
        1144	time_out	i	t	2275	1083
        1150	timestamptz_in	s	t	1184	2275 26 23
        1151	timestamptz_out	s	t	2275	1184
        1160	interval_in	s	t	1186	2275 26 23
        1161	interval_out	s	t	2275	1186
        1242	boolin	i	t	16	2275
        1243	boolout	i	t	2275	16
        1244	byteain	i	t	17	2275
        1245	charin	i	t	18	2275
        1267	cidr_in	i	t	650	2275
        1312	timestamp_in	s	t	1114	2275 26 23
        1313	timestamp_out	s	t	2275	1114
        1350	timetz_in	s	t	1266	2275 26 23
        1351	timetz_out	i	t	2275	1266
        1427	cidr_out	i	t	2275	650
        1450	circle_in	i	t	718	2275
        1451	circle_out	i	t	2275	718
        1490	line_in	i	t	628	2275
        1491	line_out	i	t	2275	628
        1564	bit_in	i	t	1560	2275 26 23
        1565	bit_out	i	t	2275	1560
        1579	varbit_in	i	t	1562	2275 26 23
        1580	varbit_out	i	t	2275	1562
        1701	numeric_in	i	t	1700	2275 26 23
        1702	numeric_out	i	t	2275	1700
        1798	oidin	i	t	26	2275
        1799	oidout	i	t	2275	26
        2212	regprocedurein	s	t	2202	2275
        2213	regprocedureout	s	t	2275	2202
        2214	regoperin	s	t	2203	2275
        2215	regoperout	s	t	2275	2203
        2216	regoperatorin	s	t	2204	2275
        2217	regoperatorout	s	t	2275	2204
        2218	regclassin	s	t	2205	2275
        2219	regclassout	s	t	2275	2205
        2220	regtypein	s	t	2206	2275
        2221	regtypeout	s	t	2275	2206
        2290	record_in	s	t	2249	2275 26 23
        2291	record_out	s	t	2275	2249
        2292	cstring_in	i	t	2275	2275
        2293	cstring_out	i	t	2275	2275
        2294	any_in	i	t	2276	2275
        2295	any_out	i	t	2275	2276
        2296	anyarray_in	i	t	2277	2275
        2297	anyarray_out	s	t	2275	2277
        2298	void_in	i	t	2278	2275
        2299	void_out	i	t	2275	2278
        2300	trigger_in	i	f	2279	2275
        2301	trigger_out	i	t	2275	2279
        2302	language_handler_in	i	f	2280	2275
        2303	language_handler_out	i	t	2275	2280
        2304	internal_in	i	f	2281	2275
        2305	internal_out	i	t	2275	2281
        2312	anyelement_in	i	t	2283	2275
        2313	anyelement_out	i	t	2275	2283
        2400	array_recv	s	t	2277	2281 26 23
        2401	array_send	s	t	17	2277
        2402	record_recv	s	t	2249	2281 26 23
        2403	record_send	s	t	17	2249
        2404	int2recv	i	t	21	2281
        2405	int2send	i	t	17	21
        2406	int4recv	i	t	23	2281
        2407	int4send	i	t	17	23
        2408	int8recv	i	t	20	2281
        2409	int8send	i	t	17	20
        2410	int2vectorrecv	i	t	22	2281
        2411	int2vectorsend	i	t	17	22
        2412	bytearecv	i	t	17	2281
        2413	byteasend	i	t	17	17
        2414	textrecv	s	t	25	2281
        2415	textsend	s	t	17	25
        2416	unknownrecv	i	t	705	2281
        2417	unknownsend	i	t	17	705
        2418	oidrecv	i	t	26	2281
        2419	oidsend	i	t	17	26
        2420	oidvectorrecv	i	t	30	2281
        2421	oidvectorsend	i	t	17	30
        2422	namerecv	s	t	19	2281
        2423	namesend	s	t	17	19
        2424	float4recv	i	t	700	2281
        2425	float4send	i	t	17	700
        2426	float8recv	i	t	701	2281
        2427	float8send	i	t	17	701
        2428	point_recv	i	t	600	2281
        2429	point_send	i	t	17	600
        2430	bpcharrecv	s	t	1042	2281 26 23
        2431	bpcharsend	s	t	17	1042
        2432	varcharrecv	s	t	1043	2281 26 23
        2433	varcharsend	s	t	17	1043
        2434	charrecv	i	t	18	2281
        2435	charsend	i	t	17	18
        2436	boolrecv	i	t	16	2281
        2437	boolsend	i	t	17	16
        2438	tidrecv	i	t	27	2281
        2439	tidsend	i	t	17	27
        2440	xidrecv	i	t	28	2281
        2441	xidsend	i	t	17	28
        2442	cidrecv	i	t	29	2281
        2443	cidsend	i	t	17	29
        2444	regprocrecv	i	t	24	2281
        2445	regprocsend	i	t	17	24
        2446	regprocedurerecv	i	t	2202	2281
        2447	regproceduresend	i	t	17	2202
        2448	regoperrecv	i	t	2203	2281
        2449	regopersend	i	t	17	2203
        2450	regoperatorrecv	i	t	2204	2281
        2451	regoperatorsend	i	t	17	2204
        2452	regclassrecv	i	t	2205	2281
        2453	regclasssend	i	t	17	2205
        2454	regtyperecv	i	t	2206	2281
        2455	regtypesend	i	t	17	2206
        2456	bit_recv	i	t	1560	2281 26 23
        2457	bit_send	i	t	17	1560
        2458	varbit_recv	i	t	1562	2281 26 23
        2459	varbit_send	i	t	17	1562
        2460	numeric_recv	i	t	1700	2281 26 23
        2461	numeric_send	i	t	17	1700
        2468	date_recv	i	t	1082	2281
        2469	date_send	i	t	17	1082
        2470	time_recv	i	t	1083	2281 26 23
        2471	time_send	i	t	17	1083
        2472	timetz_recv	i	t	1266	2281 26 23
        2473	timetz_send	i	t	17	1266
        2474	timestamp_recv	i	t	1114	2281 26 23
        2475	timestamp_send	i	t	17	1114
        2476	timestamptz_recv	i	t	1184	2281 26 23
        2477	timestamptz_send	i	t	17	1184
        2478	interval_recv	i	t	1186	2281 26 23
        2479	interval_send	i	t	17	1186
        2480	lseg_recv	i	t	601	2281
        2481	lseg_send	i	t	17	601
        2482	path_recv	i	t	602	2281
        2483	path_send	i	t	17	602
        2484	box_recv	i	t	603	2281
        2485	box_send	i	t	17	603
        2486	poly_recv	i	t	604	2281
        2487	poly_send	i	t	17	604
        2488	line_recv	i	t	628	2281
        2489	line_send	i	t	17	628
        2490	circle_recv	i	t	718	2281
        2491	circle_send	i	t	17	718
        2492	cash_recv	i	t	790	2281
        2493	cash_send	i	t	17	790
        2494	macaddr_recv	i	t	829	2281
        2495	macaddr_send	i	t	17	829
        2496	inet_recv	i	t	869	2281
        2497	inet_send	i	t	17	869
        2498	cidr_recv	i	t	650	2281
        2499	cidr_send	i	t	17	650
        2500	cstring_recv	s	t	2275	2281
        2501	cstring_send	s	t	17	2275
        2502	anyarray_recv	s	t	2277	2281
        2503	anyarray_send	s	t	17	2277
        2777	anynonarray_in	i	t	2776	2275
        2778	anynonarray_out	i	t	2275	2776
        2893	xml_in	s	t	142	2275
        2894	xml_out	i	t	2275	142
        2898	xml_recv	s	t	142	2281
        2899	xml_send	s	t	17	142
        2902	varbittypmodin	i	t	23	1263
        2903	intervaltypmodin	i	t	23	1263
        2904	intervaltypmodout	i	t	2275	23
        2905	timestamptypmodin	i	t	23	1263
        2906	timestamptypmodout	i	t	2275	23
        2907	timestamptztypmodin	i	t	23	1263
        2908	timestamptztypmodout	i	t	2275	23
        2909	timetypmodin	i	t	23	1263
        2910	timetypmodout	i	t	2275	23
        2911	timetztypmodin	i	t	23	1263
        2912	timetztypmodout	i	t	2275	23
        2913	bpchartypmodin	i	t	23	1263
        2914	bpchartypmodout	i	t	2275	23
        2915	varchartypmodin	i	t	23	1263
        2916	varchartypmodout	i	t	2275	23
        2917	numerictypmodin	i	t	23	1263
        2918	numerictypmodout	i	t	2275	23
        2919	bittypmodin	i	t	23	1263
        2920	bittypmodout	i	t	2275	23
        2921	varbittypmodout	i	t	2275	23
        2939	txid_snapshot_in	i	t	2970	2275
        2940	txid_snapshot_out	i	t	2275	2970
        2941	txid_snapshot_recv	i	t	2970	2281
        2942	txid_snapshot_send	i	t	17	2970
        2952	uuid_in	i	t	2950	2275
        2953	uuid_out	i	t	2275	2950
        2961	uuid_recv	i	t	2950	2281
        2962	uuid_send	i	t	17	2950
        3116	fdw_handler_in	i	f	3115	2275
        3117	fdw_handler_out	i	t	2275	3115
        3120	void_recv	i	t	2278	2281
        3121	void_send	i	t	17	2278
        3229	pg_lsn_in	i	t	3220	2275
        3230	pg_lsn_out	i	t	2275	3220
        3238	pg_lsn_recv	i	t	3220	2281
        3239	pg_lsn_send	i	t	17	3220
        3311	tsm_handler_in	i	f	3310	2275
        3312	tsm_handler_out	i	t	2275	3310
        3355	pg_ndistinct_in	i	t	3361	2275
        3356	pg_ndistinct_out	i	t	2275	3361
        3357	pg_ndistinct_recv	s	t	3361	2281
        3358	pg_ndistinct_send	s	t	17	3361
        3404	pg_dependencies_in	i	t	3402	2275
        3405	pg_dependencies_out	i	t	2275	3402
        3406	pg_dependencies_recv	s	t	3402	2281
        3407	pg_dependencies_send	s	t	17	3402
        3446	macaddr8_recv	i	t	774	2281
        3447	macaddr8_send	i	t	17	774
        3504	anyenum_in	i	t	3500	2275
        3505	anyenum_out	s	t	2275	3500
        3594	event_trigger_in	i	f	3838	2275
        3595	event_trigger_out	i	t	2275	3838
        3610	tsvectorin	i	t	3614	2275
        3611	tsvectorout	i	t	2275	3614
        3612	tsqueryin	i	t	3615	2275
        3613	tsqueryout	i	t	2275	3615
        3638	tsvectorsend	i	t	17	3614
        3639	tsvectorrecv	i	t	3614	2281
        3640	tsquerysend	i	t	17	3615
        3641	tsqueryrecv	i	t	3615	2281
        3646	gtsvectorin	i	t	3642	2275
        3647	gtsvectorout	i	t	2275	3642
        3736	regconfigin	s	t	3734	2275
        3737	regconfigout	s	t	2275	3734
        3738	regconfigrecv	i	t	3734	2281
        3739	regconfigsend	i	t	17	3734
        3771	regdictionaryin	s	t	3769	2275
        3772	regdictionaryout	s	t	2275	3769
        3773	regdictionaryrecv	i	t	3769	2281
        3774	regdictionarysend	i	t	17	3769
        3803	jsonb_send	i	t	17	3802
        3804	jsonb_out	i	t	2275	3802
        3805	jsonb_recv	i	t	3802	2281
        3806	jsonb_in	i	t	3802	2275
        3832	anyrange_in	s	t	3831	2275 26 23
        3833	anyrange_out	s	t	2275	3831
        3834	range_in	s	t	3831	2275 26 23
        3835	range_out	s	t	2275	3831
        3836	range_recv	s	t	3831	2281 26 23
        3837	range_send	s	t	17	3831
        4001	jsonpath_in	i	t	4072	2275
        4002	jsonpath_recv	i	t	4072	2281
        4003	jsonpath_out	i	t	2275	4072
        4004	jsonpath_send	i	t	17	4072
        4084	regnamespacein	s	t	4089	2275
        4085	regnamespaceout	s	t	2275	4089
        4087	regnamespacerecv	i	t	4089	2281
        4088	regnamespacesend	i	t	17	4089
        4092	regroleout	s	t	2275	4096
        4094	regrolerecv	i	t	4096	2281
        4095	regrolesend	i	t	17	4096
        4098	regrolein	s	t	4096	2275
        4110	macaddr8_in	i	t	774	2275
        4111	macaddr8_out	i	t	2275	774
        4193	regcollationin	s	t	4191	2275
        4194	regcollationout	s	t	2275	4191
        4196	regcollationrecv	i	t	4191	2281
        4197	regcollationsend	i	t	17	4191
        4226	anycompatiblemultirange_in	s	t	4538	2275 26 23
        4227	anycompatiblemultirange_out	s	t	2275	4538
        4229	anymultirange_in	s	t	4537	2275 26 23
        4230	anymultirange_out	s	t	2275	4537
        4231	multirange_in	s	t	4537	2275 26 23
        4232	multirange_out	s	t	2275	4537
        4233	multirange_recv	s	t	4537	2281 26 23
        4234	multirange_send	s	t	17	4537
        4596	brin_bloom_summary_in	i	t	4600	2275
        4597	brin_bloom_summary_out	i	t	2275	4600
        4598	brin_bloom_summary_recv	s	t	4600	2281
        4599	brin_bloom_summary_send	s	t	17	4600
        4638	brin_minmax_multi_summary_in	i	t	4601	2275
        4639	brin_minmax_multi_summary_out	i	t	2275	4601
        4640	brin_minmax_multi_summary_recv	s	t	4601	2281
        4641	brin_minmax_multi_summary_send	s	t	17	4601
        5018	pg_mcv_list_in	i	t	5017	2275
        5019	pg_mcv_list_out	i	t	2275	5017
        5020	pg_mcv_list_recv	s	t	5017	2281
        5021	pg_mcv_list_send	s	t	17	5017
        5055	pg_snapshot_in	i	t	5038	2275
        5056	pg_snapshot_out	i	t	2275	5038
        5057	pg_snapshot_recv	i	t	5038	2281
        5058	pg_snapshot_send	i	t	17	5038
        5070	xid8in	i	t	5069	2275
        5081	xid8out	i	t	2275	5069
        5082	xid8recv	i	t	5069	2281
        5083	xid8send	i	t	17	5069
        5086	anycompatible_in	i	t	5077	2275
        5087	anycompatible_out	i	t	2275	5077
        5088	anycompatiblearray_in	i	t	5078	2275
        5089	anycompatiblearray_out	s	t	2275	5078
        5090	anycompatiblearray_recv	s	t	5078	2281
        5091	anycompatiblearray_send	s	t	17	5078
        5092	anycompatiblenonarray_in	i	t	5079	2275
        5093	anycompatiblenonarray_out	i	t	2275	5079
        5094	anycompatiblerange_in	s	t	5080	2275 26 23
        5095	anycompatiblerange_out	s	t	2275	5080
        6098	jsonb_subscript_handler	i	t	2281	2281
        6179	array_subscript_handler	i	t	2281	2281
        6180	raw_array_subscript_handler	i	t	2281	2281
        """;
}
