namespace Dadbs.Sql.Functions.Catalog;

/// <summary>The built-in rows of pg_aggregate over known types. Written by tools/oracle/export_catalog.py from PostgreSQL 15; tab-separated:
/// aggfnoid (oid), aggkind, aggnumdirectargs, aggtransfn, aggfinalfn, aggsortop, aggtranstype, agginitval.</summary>
internal static class PgAggregateRows
{
    public static ReadOnlySpan<byte> Text =>
        """
        2050	n	0	array_larger	-	1073	2277	
        2051	n	0	array_smaller	-	1072	2277	
        2100	n	0	int8_avg_accum	numeric_poly_avg	0	2281	
        2101	n	0	int4_avg_accum	int8_avg	0	1016	{0,0}
        2102	n	0	int2_avg_accum	int8_avg	0	1016	{0,0}
        2103	n	0	numeric_avg_accum	numeric_avg	0	2281	
        2104	n	0	float4_accum	float8_avg	0	1022	{0,0,0}
        2105	n	0	float8_accum	float8_avg	0	1022	{0,0,0}
        2106	n	0	interval_accum	interval_avg	0	1187	{0 second,0 second}
        2107	n	0	int8_avg_accum	numeric_poly_sum	0	2281	
        2108	n	0	int4_sum	-	0	20	
        2109	n	0	int2_sum	-	0	20	
        2110	n	0	float4pl	-	0	700	
        2111	n	0	float8pl	-	0	701	
        2113	n	0	interval_pl	-	0	1186	
        2114	n	0	numeric_avg_accum	numeric_sum	0	2281	
        2115	n	0	int8larger	-	413	20	
        2116	n	0	int4larger	-	521	23	
        2117	n	0	int2larger	-	520	21	
        2118	n	0	oidlarger	-	610	26	
        2119	n	0	float4larger	-	623	700	
        2120	n	0	float8larger	-	674	701	
        2122	n	0	date_larger	-	1097	1082	
        2123	n	0	time_larger	-	1112	1083	
        2124	n	0	timetz_larger	-	1554	1266	
        2126	n	0	timestamp_larger	-	2064	1114	
        2127	n	0	timestamptz_larger	-	1324	1184	
        2128	n	0	interval_larger	-	1334	1186	
        2129	n	0	text_larger	-	666	25	
        2130	n	0	numeric_larger	-	1756	1700	
        2131	n	0	int8smaller	-	412	20	
        2132	n	0	int4smaller	-	97	23	
        2133	n	0	int2smaller	-	95	21	
        2134	n	0	oidsmaller	-	609	26	
        2135	n	0	float4smaller	-	622	700	
        2136	n	0	float8smaller	-	672	701	
        2138	n	0	date_smaller	-	1095	1082	
        2139	n	0	time_smaller	-	1110	1083	
        2140	n	0	timetz_smaller	-	1552	1266	
        2142	n	0	timestamp_smaller	-	2062	1114	
        2143	n	0	timestamptz_smaller	-	1322	1184	
        2144	n	0	interval_smaller	-	1332	1186	
        2145	n	0	text_smaller	-	664	25	
        2146	n	0	numeric_smaller	-	1754	1700	
        2147	n	0	int8inc_any	-	0	20	0
        2148	n	0	int8_accum	numeric_var_samp	0	2281	
        2149	n	0	int4_accum	numeric_poly_var_samp	0	2281	
        2150	n	0	int2_accum	numeric_poly_var_samp	0	2281	
        2151	n	0	float4_accum	float8_var_samp	0	1022	{0,0,0}
        2152	n	0	float8_accum	float8_var_samp	0	1022	{0,0,0}
        2153	n	0	numeric_accum	numeric_var_samp	0	2281	
        2154	n	0	int8_accum	numeric_stddev_samp	0	2281	
        2155	n	0	int4_accum	numeric_poly_stddev_samp	0	2281	
        2156	n	0	int2_accum	numeric_poly_stddev_samp	0	2281	
        2157	n	0	float4_accum	float8_stddev_samp	0	1022	{0,0,0}
        2158	n	0	float8_accum	float8_stddev_samp	0	1022	{0,0,0}
        2159	n	0	numeric_accum	numeric_stddev_samp	0	2281	
        2236	n	0	int2and	-	0	21	
        2237	n	0	int2or	-	0	21	
        2238	n	0	int4and	-	0	23	
        2239	n	0	int4or	-	0	23	
        2240	n	0	int8and	-	0	20	
        2241	n	0	int8or	-	0	20	
        2244	n	0	bpchar_larger	-	1060	1042	
        2245	n	0	bpchar_smaller	-	1058	1042	
        2335	n	0	array_agg_transfn	array_agg_finalfn	0	2281	
        2517	n	0	booland_statefunc	-	58	16	
        2518	n	0	boolor_statefunc	-	59	16	
        2519	n	0	booland_statefunc	-	58	16	
        2641	n	0	int8_accum	numeric_var_samp	0	2281	
        2642	n	0	int4_accum	numeric_poly_var_samp	0	2281	
        2643	n	0	int2_accum	numeric_poly_var_samp	0	2281	
        2644	n	0	float4_accum	float8_var_samp	0	1022	{0,0,0}
        2645	n	0	float8_accum	float8_var_samp	0	1022	{0,0,0}
        2646	n	0	numeric_accum	numeric_var_samp	0	2281	
        2712	n	0	int8_accum	numeric_stddev_samp	0	2281	
        2713	n	0	int4_accum	numeric_poly_stddev_samp	0	2281	
        2714	n	0	int2_accum	numeric_poly_stddev_samp	0	2281	
        2715	n	0	float4_accum	float8_stddev_samp	0	1022	{0,0,0}
        2716	n	0	float8_accum	float8_stddev_samp	0	1022	{0,0,0}
        2717	n	0	numeric_accum	numeric_stddev_samp	0	2281	
        2718	n	0	int8_accum	numeric_var_pop	0	2281	
        2719	n	0	int4_accum	numeric_poly_var_pop	0	2281	
        2720	n	0	int2_accum	numeric_poly_var_pop	0	2281	
        2721	n	0	float4_accum	float8_var_pop	0	1022	{0,0,0}
        2722	n	0	float8_accum	float8_var_pop	0	1022	{0,0,0}
        2723	n	0	numeric_accum	numeric_var_pop	0	2281	
        2724	n	0	int8_accum	numeric_stddev_pop	0	2281	
        2725	n	0	int4_accum	numeric_poly_stddev_pop	0	2281	
        2726	n	0	int2_accum	numeric_poly_stddev_pop	0	2281	
        2727	n	0	float4_accum	float8_stddev_pop	0	1022	{0,0,0}
        2728	n	0	float8_accum	float8_stddev_pop	0	1022	{0,0,0}
        2729	n	0	numeric_accum	numeric_stddev_pop	0	2281	
        2797	n	0	tidlarger	-	2800	27	
        2798	n	0	tidsmaller	-	2799	27	
        2803	n	0	int8inc	-	0	20	0
        2818	n	0	int8inc_float8_float8	-	0	20	0
        2819	n	0	float8_regr_accum	float8_regr_sxx	0	1022	{0,0,0,0,0,0}
        2820	n	0	float8_regr_accum	float8_regr_syy	0	1022	{0,0,0,0,0,0}
        2821	n	0	float8_regr_accum	float8_regr_sxy	0	1022	{0,0,0,0,0,0}
        2822	n	0	float8_regr_accum	float8_regr_avgx	0	1022	{0,0,0,0,0,0}
        2823	n	0	float8_regr_accum	float8_regr_avgy	0	1022	{0,0,0,0,0,0}
        2824	n	0	float8_regr_accum	float8_regr_r2	0	1022	{0,0,0,0,0,0}
        2825	n	0	float8_regr_accum	float8_regr_slope	0	1022	{0,0,0,0,0,0}
        2826	n	0	float8_regr_accum	float8_regr_intercept	0	1022	{0,0,0,0,0,0}
        2827	n	0	float8_regr_accum	float8_covar_pop	0	1022	{0,0,0,0,0,0}
        2828	n	0	float8_regr_accum	float8_covar_samp	0	1022	{0,0,0,0,0,0}
        2829	n	0	float8_regr_accum	float8_corr	0	1022	{0,0,0,0,0,0}
        3175	n	0	json_agg_transfn	json_agg_finalfn	0	2281	
        3197	n	0	json_object_agg_transfn	json_object_agg_finalfn	0	2281	
        3267	n	0	jsonb_agg_transfn	jsonb_agg_finalfn	0	2281	
        3270	n	0	jsonb_object_agg_transfn	jsonb_object_agg_finalfn	0	2281	
        3526	n	0	enum_larger	-	3519	3500	
        3527	n	0	enum_smaller	-	3518	3500	
        3538	n	0	string_agg_transfn	string_agg_finalfn	0	2281	
        3545	n	0	bytea_string_agg_transfn	bytea_string_agg_finalfn	0	2281	
        3972	o	1	ordered_set_transition	percentile_disc_final	0	2281	
        3974	o	1	ordered_set_transition	percentile_cont_float8_final	0	2281	
        3976	o	1	ordered_set_transition	percentile_cont_interval_final	0	2281	
        3978	o	1	ordered_set_transition	percentile_disc_multi_final	0	2281	
        3980	o	1	ordered_set_transition	percentile_cont_float8_multi_final	0	2281	
        3982	o	1	ordered_set_transition	percentile_cont_interval_multi_final	0	2281	
        3984	o	0	ordered_set_transition	mode_final	0	2281	
        3986	h	1	ordered_set_transition_multi	rank_final	0	2281	
        3988	h	1	ordered_set_transition_multi	percent_rank_final	0	2281	
        3990	h	1	ordered_set_transition_multi	cume_dist_final	0	2281	
        3992	h	1	ordered_set_transition_multi	dense_rank_final	0	2281	
        4053	n	0	array_agg_array_transfn	array_agg_array_finalfn	0	2281	
        4189	n	0	pg_lsn_larger	-	3225	3220	
        4190	n	0	pg_lsn_smaller	-	3224	3220	
        5099	n	0	xid8_larger	-	5074	5069	
        5100	n	0	xid8_smaller	-	5073	5069	
        6164	n	0	int2xor	-	0	21	
        6165	n	0	int4xor	-	0	23	
        6166	n	0	int8xor	-	0	20	
        """u8;
}
