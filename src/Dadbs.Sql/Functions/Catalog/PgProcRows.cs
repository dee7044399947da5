namespace Dadbs.Sql.Functions.Catalog;

// Long because it is data: one line a function.

/// <summary>The built-in rows of pg_proc over known types. Written by tools/oracle/export_catalog.py from PostgreSQL 15; tab-separated:
/// oid, proname, prokind, provolatile, proisstrict, proretset, prorettype, proargtypes, provariadic, pronargdefaults, proallargtypes, proargmodes, proargnames, prosrc, prolang, proleakproof, proparallel, procost, prorows.</summary>
internal static class PgProcRows
{
    public static ReadOnlySpan<byte> Text =>
        """
        31	byteaout	f	i	t	f	2275	17	0	0				byteaout	12	f	s	1	0
        33	charout	f	i	t	f	2275	18	0	0				charout	12	f	s	1	0
        34	namein	f	i	t	f	19	2275	0	0				namein	12	f	s	1	0
        35	nameout	f	i	t	f	2275	19	0	0				nameout	12	f	s	1	0
        38	int2in	f	i	t	f	21	2275	0	0				int2in	12	f	s	1	0
        39	int2out	f	i	t	f	2275	21	0	0				int2out	12	f	s	1	0
        40	int2vectorin	f	i	t	f	22	2275	0	0				int2vectorin	12	f	s	1	0
        41	int2vectorout	f	i	t	f	2275	22	0	0				int2vectorout	12	f	s	1	0
        42	int4in	f	i	t	f	23	2275	0	0				int4in	12	f	s	1	0
        43	int4out	f	i	t	f	2275	23	0	0				int4out	12	f	s	1	0
        44	regprocin	f	s	t	f	24	2275	0	0				regprocin	12	f	s	1	0
        45	regprocout	f	s	t	f	2275	24	0	0				regprocout	12	f	s	1	0
        46	textin	f	i	t	f	25	2275	0	0				textin	12	f	s	1	0
        47	textout	f	i	t	f	2275	25	0	0				textout	12	f	s	1	0
        48	tidin	f	i	t	f	27	2275	0	0				tidin	12	f	s	1	0
        49	tidout	f	i	t	f	2275	27	0	0				tidout	12	f	s	1	0
        50	xidin	f	i	t	f	28	2275	0	0				xidin	12	f	s	1	0
        51	xidout	f	i	t	f	2275	28	0	0				xidout	12	f	s	1	0
        52	cidin	f	i	t	f	29	2275	0	0				cidin	12	f	s	1	0
        53	cidout	f	i	t	f	2275	29	0	0				cidout	12	f	s	1	0
        54	oidvectorin	f	i	t	f	30	2275	0	0				oidvectorin	12	f	s	1	0
        55	oidvectorout	f	i	t	f	2275	30	0	0				oidvectorout	12	f	s	1	0
        56	boollt	f	i	t	f	16	16 16	0	0				boollt	12	t	s	1	0
        57	boolgt	f	i	t	f	16	16 16	0	0				boolgt	12	t	s	1	0
        60	booleq	f	i	t	f	16	16 16	0	0				booleq	12	t	s	1	0
        61	chareq	f	i	t	f	16	18 18	0	0				chareq	12	t	s	1	0
        62	nameeq	f	i	t	f	16	19 19	0	0				nameeq	12	t	s	1	0
        63	int2eq	f	i	t	f	16	21 21	0	0				int2eq	12	t	s	1	0
        64	int2lt	f	i	t	f	16	21 21	0	0				int2lt	12	t	s	1	0
        65	int4eq	f	i	t	f	16	23 23	0	0				int4eq	12	t	s	1	0
        66	int4lt	f	i	t	f	16	23 23	0	0				int4lt	12	t	s	1	0
        67	texteq	f	i	t	f	16	25 25	0	0				texteq	12	t	s	1	0
        68	xideq	f	i	t	f	16	28 28	0	0				xideq	12	t	s	1	0
        69	cideq	f	i	t	f	16	29 29	0	0				cideq	12	t	s	1	0
        70	charne	f	i	t	f	16	18 18	0	0				charne	12	t	s	1	0
        72	charle	f	i	t	f	16	18 18	0	0				charle	12	t	s	1	0
        73	chargt	f	i	t	f	16	18 18	0	0				chargt	12	t	s	1	0
        74	charge	f	i	t	f	16	18 18	0	0				charge	12	t	s	1	0
        77	int4	f	i	t	f	23	18	0	0				chartoi4	12	f	s	1	0
        78	char	f	i	t	f	18	23	0	0				i4tochar	12	f	s	1	0
        79	nameregexeq	f	i	t	f	16	19 25	0	0				nameregexeq	12	f	s	1	0
        84	boolne	f	i	t	f	16	16 16	0	0				boolne	12	t	s	1	0
        89	version	f	s	t	f	25		0	0				pgsql_version	12	f	s	1	0
        101	eqsel	f	s	t	f	701	2281 26 2281 23	0	0				eqsel	12	f	s	1	0
        102	neqsel	f	s	t	f	701	2281 26 2281 23	0	0				neqsel	12	f	s	1	0
        103	scalarltsel	f	s	t	f	701	2281 26 2281 23	0	0				scalarltsel	12	f	s	1	0
        104	scalargtsel	f	s	t	f	701	2281 26 2281 23	0	0				scalargtsel	12	f	s	1	0
        105	eqjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				eqjoinsel	12	f	s	1	0
        106	neqjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				neqjoinsel	12	f	s	1	0
        107	scalarltjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				scalarltjoinsel	12	f	s	1	0
        108	scalargtjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				scalargtjoinsel	12	f	s	1	0
        109	unknownin	f	i	t	f	705	2275	0	0				unknownin	12	f	s	1	0
        110	unknownout	f	i	t	f	2275	705	0	0				unknownout	12	f	s	1	0
        139	areasel	f	s	t	f	701	2281 26 2281 23	0	0				areasel	12	f	s	1	0
        140	areajoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				areajoinsel	12	f	s	1	0
        141	int4mul	f	i	t	f	23	23 23	0	0				int4mul	12	f	s	1	0
        144	int4ne	f	i	t	f	16	23 23	0	0				int4ne	12	t	s	1	0
        145	int2ne	f	i	t	f	16	21 21	0	0				int2ne	12	t	s	1	0
        146	int2gt	f	i	t	f	16	21 21	0	0				int2gt	12	t	s	1	0
        147	int4gt	f	i	t	f	16	23 23	0	0				int4gt	12	t	s	1	0
        148	int2le	f	i	t	f	16	21 21	0	0				int2le	12	t	s	1	0
        149	int4le	f	i	t	f	16	23 23	0	0				int4le	12	t	s	1	0
        150	int4ge	f	i	t	f	16	23 23	0	0				int4ge	12	t	s	1	0
        151	int2ge	f	i	t	f	16	21 21	0	0				int2ge	12	t	s	1	0
        152	int2mul	f	i	t	f	21	21 21	0	0				int2mul	12	f	s	1	0
        153	int2div	f	i	t	f	21	21 21	0	0				int2div	12	f	s	1	0
        154	int4div	f	i	t	f	23	23 23	0	0				int4div	12	f	s	1	0
        155	int2mod	f	i	t	f	21	21 21	0	0				int2mod	12	f	s	1	0
        156	int4mod	f	i	t	f	23	23 23	0	0				int4mod	12	f	s	1	0
        157	textne	f	i	t	f	16	25 25	0	0				textne	12	t	s	1	0
        158	int24eq	f	i	t	f	16	21 23	0	0				int24eq	12	t	s	1	0
        159	int42eq	f	i	t	f	16	23 21	0	0				int42eq	12	t	s	1	0
        160	int24lt	f	i	t	f	16	21 23	0	0				int24lt	12	t	s	1	0
        161	int42lt	f	i	t	f	16	23 21	0	0				int42lt	12	t	s	1	0
        162	int24gt	f	i	t	f	16	21 23	0	0				int24gt	12	t	s	1	0
        163	int42gt	f	i	t	f	16	23 21	0	0				int42gt	12	t	s	1	0
        164	int24ne	f	i	t	f	16	21 23	0	0				int24ne	12	t	s	1	0
        165	int42ne	f	i	t	f	16	23 21	0	0				int42ne	12	t	s	1	0
        166	int24le	f	i	t	f	16	21 23	0	0				int24le	12	t	s	1	0
        167	int42le	f	i	t	f	16	23 21	0	0				int42le	12	t	s	1	0
        168	int24ge	f	i	t	f	16	21 23	0	0				int24ge	12	t	s	1	0
        169	int42ge	f	i	t	f	16	23 21	0	0				int42ge	12	t	s	1	0
        170	int24mul	f	i	t	f	23	21 23	0	0				int24mul	12	f	s	1	0
        171	int42mul	f	i	t	f	23	23 21	0	0				int42mul	12	f	s	1	0
        172	int24div	f	i	t	f	23	21 23	0	0				int24div	12	f	s	1	0
        173	int42div	f	i	t	f	23	23 21	0	0				int42div	12	f	s	1	0
        176	int2pl	f	i	t	f	21	21 21	0	0				int2pl	12	f	s	1	0
        177	int4pl	f	i	t	f	23	23 23	0	0				int4pl	12	f	s	1	0
        178	int24pl	f	i	t	f	23	21 23	0	0				int24pl	12	f	s	1	0
        179	int42pl	f	i	t	f	23	23 21	0	0				int42pl	12	f	s	1	0
        180	int2mi	f	i	t	f	21	21 21	0	0				int2mi	12	f	s	1	0
        181	int4mi	f	i	t	f	23	23 23	0	0				int4mi	12	f	s	1	0
        182	int24mi	f	i	t	f	23	21 23	0	0				int24mi	12	f	s	1	0
        183	int42mi	f	i	t	f	23	23 21	0	0				int42mi	12	f	s	1	0
        184	oideq	f	i	t	f	16	26 26	0	0				oideq	12	t	s	1	0
        185	oidne	f	i	t	f	16	26 26	0	0				oidne	12	t	s	1	0
        195	pg_node_tree_in	f	i	t	f	194	2275	0	0				pg_node_tree_in	12	f	s	1	0
        196	pg_node_tree_out	f	i	t	f	2275	194	0	0				pg_node_tree_out	12	f	s	1	0
        197	pg_node_tree_recv	f	s	t	f	194	2281	0	0				pg_node_tree_recv	12	f	s	1	0
        198	pg_node_tree_send	f	s	t	f	17	194	0	0				pg_node_tree_send	12	f	s	1	0
        200	float4in	f	i	t	f	700	2275	0	0				float4in	12	f	s	1	0
        201	float4out	f	i	t	f	2275	700	0	0				float4out	12	f	s	1	0
        202	float4mul	f	i	t	f	700	700 700	0	0				float4mul	12	f	s	1	0
        203	float4div	f	i	t	f	700	700 700	0	0				float4div	12	f	s	1	0
        204	float4pl	f	i	t	f	700	700 700	0	0				float4pl	12	f	s	1	0
        205	float4mi	f	i	t	f	700	700 700	0	0				float4mi	12	f	s	1	0
        206	float4um	f	i	t	f	700	700	0	0				float4um	12	f	s	1	0
        207	float4abs	f	i	t	f	700	700	0	0				float4abs	12	f	s	1	0
        208	float4_accum	f	i	t	f	1022	1022 700	0	0				float4_accum	12	f	s	1	0
        209	float4larger	f	i	t	f	700	700 700	0	0				float4larger	12	f	s	1	0
        211	float4smaller	f	i	t	f	700	700 700	0	0				float4smaller	12	f	s	1	0
        212	int4um	f	i	t	f	23	23	0	0				int4um	12	f	s	1	0
        213	int2um	f	i	t	f	21	21	0	0				int2um	12	f	s	1	0
        214	float8in	f	i	t	f	701	2275	0	0				float8in	12	f	s	1	0
        215	float8out	f	i	t	f	2275	701	0	0				float8out	12	f	s	1	0
        216	float8mul	f	i	t	f	701	701 701	0	0				float8mul	12	f	s	1	0
        217	float8div	f	i	t	f	701	701 701	0	0				float8div	12	f	s	1	0
        218	float8pl	f	i	t	f	701	701 701	0	0				float8pl	12	f	s	1	0
        219	float8mi	f	i	t	f	701	701 701	0	0				float8mi	12	f	s	1	0
        220	float8um	f	i	t	f	701	701	0	0				float8um	12	f	s	1	0
        221	float8abs	f	i	t	f	701	701	0	0				float8abs	12	f	s	1	0
        222	float8_accum	f	i	t	f	1022	1022 701	0	0				float8_accum	12	f	s	1	0
        223	float8larger	f	i	t	f	701	701 701	0	0				float8larger	12	f	s	1	0
        224	float8smaller	f	i	t	f	701	701 701	0	0				float8smaller	12	f	s	1	0
        228	dround	f	i	t	f	701	701	0	0				dround	12	f	s	1	0
        229	dtrunc	f	i	t	f	701	701	0	0				dtrunc	12	f	s	1	0
        230	dsqrt	f	i	t	f	701	701	0	0				dsqrt	12	f	s	1	0
        231	dcbrt	f	i	t	f	701	701	0	0				dcbrt	12	f	s	1	0
        232	dpow	f	i	t	f	701	701 701	0	0				dpow	12	f	s	1	0
        233	dexp	f	i	t	f	701	701	0	0				dexp	12	f	s	1	0
        234	dlog1	f	i	t	f	701	701	0	0				dlog1	12	f	s	1	0
        235	float8	f	i	t	f	701	21	0	0				i2tod	12	t	s	1	0
        236	float4	f	i	t	f	700	21	0	0				i2tof	12	t	s	1	0
        237	int2	f	i	t	f	21	701	0	0				dtoi2	12	f	s	1	0
        238	int2	f	i	t	f	21	700	0	0				ftoi2	12	f	s	1	0
        240	nameeqtext	f	i	t	f	16	19 25	0	0				nameeqtext	12	t	s	1	0
        241	namelttext	f	i	t	f	16	19 25	0	0				namelttext	12	t	s	1	0
        242	nameletext	f	i	t	f	16	19 25	0	0				nameletext	12	t	s	1	0
        243	namegetext	f	i	t	f	16	19 25	0	0				namegetext	12	t	s	1	0
        244	namegttext	f	i	t	f	16	19 25	0	0				namegttext	12	t	s	1	0
        245	namenetext	f	i	t	f	16	19 25	0	0				namenetext	12	t	s	1	0
        246	btnametextcmp	f	i	t	f	23	19 25	0	0				btnametextcmp	12	t	s	1	0
        247	texteqname	f	i	t	f	16	25 19	0	0				texteqname	12	t	s	1	0
        248	textltname	f	i	t	f	16	25 19	0	0				textltname	12	t	s	1	0
        249	textlename	f	i	t	f	16	25 19	0	0				textlename	12	t	s	1	0
        250	textgename	f	i	t	f	16	25 19	0	0				textgename	12	t	s	1	0
        251	textgtname	f	i	t	f	16	25 19	0	0				textgtname	12	t	s	1	0
        252	textnename	f	i	t	f	16	25 19	0	0				textnename	12	t	s	1	0
        253	bttextnamecmp	f	i	t	f	23	25 19	0	0				bttextnamecmp	12	t	s	1	0
        266	nameconcatoid	f	i	t	f	19	19 26	0	0				nameconcatoid	12	f	s	1	0
        274	timeofday	f	v	t	f	25		0	0				timeofday	12	f	s	1	0
        275	pg_nextoid	f	v	t	f	26	2205 19 2205	0	0				pg_nextoid	12	f	u	1	0
        276	float8_combine	f	i	t	f	1022	1022 1022	0	0				float8_combine	12	f	s	1	0
        279	float48mul	f	i	t	f	701	700 701	0	0				float48mul	12	f	s	1	0
        280	float48div	f	i	t	f	701	700 701	0	0				float48div	12	f	s	1	0
        281	float48pl	f	i	t	f	701	700 701	0	0				float48pl	12	f	s	1	0
        282	float48mi	f	i	t	f	701	700 701	0	0				float48mi	12	f	s	1	0
        283	float84mul	f	i	t	f	701	701 700	0	0				float84mul	12	f	s	1	0
        284	float84div	f	i	t	f	701	701 700	0	0				float84div	12	f	s	1	0
        285	float84pl	f	i	t	f	701	701 700	0	0				float84pl	12	f	s	1	0
        286	float84mi	f	i	t	f	701	701 700	0	0				float84mi	12	f	s	1	0
        287	float4eq	f	i	t	f	16	700 700	0	0				float4eq	12	t	s	1	0
        288	float4ne	f	i	t	f	16	700 700	0	0				float4ne	12	t	s	1	0
        289	float4lt	f	i	t	f	16	700 700	0	0				float4lt	12	t	s	1	0
        290	float4le	f	i	t	f	16	700 700	0	0				float4le	12	t	s	1	0
        291	float4gt	f	i	t	f	16	700 700	0	0				float4gt	12	t	s	1	0
        292	float4ge	f	i	t	f	16	700 700	0	0				float4ge	12	t	s	1	0
        293	float8eq	f	i	t	f	16	701 701	0	0				float8eq	12	t	s	1	0
        294	float8ne	f	i	t	f	16	701 701	0	0				float8ne	12	t	s	1	0
        295	float8lt	f	i	t	f	16	701 701	0	0				float8lt	12	t	s	1	0
        296	float8le	f	i	t	f	16	701 701	0	0				float8le	12	t	s	1	0
        297	float8gt	f	i	t	f	16	701 701	0	0				float8gt	12	t	s	1	0
        298	float8ge	f	i	t	f	16	701 701	0	0				float8ge	12	t	s	1	0
        299	float48eq	f	i	t	f	16	700 701	0	0				float48eq	12	t	s	1	0
        300	float48ne	f	i	t	f	16	700 701	0	0				float48ne	12	t	s	1	0
        301	float48lt	f	i	t	f	16	700 701	0	0				float48lt	12	t	s	1	0
        302	float48le	f	i	t	f	16	700 701	0	0				float48le	12	t	s	1	0
        303	float48gt	f	i	t	f	16	700 701	0	0				float48gt	12	t	s	1	0
        304	float48ge	f	i	t	f	16	700 701	0	0				float48ge	12	t	s	1	0
        305	float84eq	f	i	t	f	16	701 700	0	0				float84eq	12	t	s	1	0
        306	float84ne	f	i	t	f	16	701 700	0	0				float84ne	12	t	s	1	0
        307	float84lt	f	i	t	f	16	701 700	0	0				float84lt	12	t	s	1	0
        308	float84le	f	i	t	f	16	701 700	0	0				float84le	12	t	s	1	0
        309	float84gt	f	i	t	f	16	701 700	0	0				float84gt	12	t	s	1	0
        310	float84ge	f	i	t	f	16	701 700	0	0				float84ge	12	t	s	1	0
        311	float8	f	i	t	f	701	700	0	0				ftod	12	t	s	1	0
        312	float4	f	i	t	f	700	701	0	0				dtof	12	f	s	1	0
        313	int4	f	i	t	f	23	21	0	0				i2toi4	12	t	s	1	0
        314	int2	f	i	t	f	21	23	0	0				i4toi2	12	f	s	1	0
        315	pg_jit_available	f	v	t	f	16		0	0				pg_jit_available	12	f	s	1	0
        316	float8	f	i	t	f	701	23	0	0				i4tod	12	t	s	1	0
        317	int4	f	i	t	f	23	701	0	0				dtoi4	12	f	s	1	0
        318	float4	f	i	t	f	700	23	0	0				i4tof	12	t	s	1	0
        319	int4	f	i	t	f	23	700	0	0				ftoi4	12	f	s	1	0
        320	width_bucket	f	i	t	f	23	701 701 701 23	0	0				width_bucket_float8	12	f	s	1	0
        321	json_in	f	i	t	f	114	2275	0	0				json_in	12	f	s	1	0
        322	json_out	f	i	t	f	2275	114	0	0				json_out	12	f	s	1	0
        323	json_recv	f	i	t	f	114	2281	0	0				json_recv	12	f	s	1	0
        324	json_send	f	i	t	f	17	114	0	0				json_send	12	f	s	1	0
        329	hash_aclitem	f	i	t	f	23	1033	0	0				hash_aclitem	12	f	s	1	0
        336	scalarlesel	f	s	t	f	701	2281 26 2281 23	0	0				scalarlesel	12	f	s	1	0
        337	scalargesel	f	s	t	f	701	2281 26 2281 23	0	0				scalargesel	12	f	s	1	0
        338	amvalidate	f	v	t	f	16	26	0	0				amvalidate	12	f	s	1	0
        350	btint2cmp	f	i	t	f	23	21 21	0	0				btint2cmp	12	t	s	1	0
        351	btint4cmp	f	i	t	f	23	23 23	0	0				btint4cmp	12	t	s	1	0
        354	btfloat4cmp	f	i	t	f	23	700 700	0	0				btfloat4cmp	12	t	s	1	0
        355	btfloat8cmp	f	i	t	f	23	701 701	0	0				btfloat8cmp	12	t	s	1	0
        356	btoidcmp	f	i	t	f	23	26 26	0	0				btoidcmp	12	t	s	1	0
        358	btcharcmp	f	i	t	f	23	18 18	0	0				btcharcmp	12	t	s	1	0
        359	btnamecmp	f	i	t	f	23	19 19	0	0				btnamecmp	12	t	s	1	0
        360	bttextcmp	f	i	t	f	23	25 25	0	0				bttextcmp	12	t	s	1	0
        376	string_to_array	f	i	f	f	1009	25 25 25	0	0				text_to_array_null	12	f	s	1	0
        378	array_append	f	i	f	f	5078	5078 5077	0	0				array_append	12	f	s	1	0
        379	array_prepend	f	i	f	f	5078	5077 5078	0	0				array_prepend	12	f	s	1	0
        382	btarraycmp	f	i	t	f	23	2277 2277	0	0				btarraycmp	12	f	s	1	0
        383	array_cat	f	i	f	f	5078	5078 5078	0	0				array_cat	12	f	s	1	0
        384	array_to_string	f	s	f	f	25	2277 25 25	0	0				array_to_text_null	12	f	s	1	0
        386	scalarlejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				scalarlejoinsel	12	f	s	1	0
        390	array_ne	f	i	t	f	16	2277 2277	0	0				array_ne	12	f	s	1	0
        391	array_lt	f	i	t	f	16	2277 2277	0	0				array_lt	12	f	s	1	0
        392	array_gt	f	i	t	f	16	2277 2277	0	0				array_gt	12	f	s	1	0
        393	array_le	f	i	t	f	16	2277 2277	0	0				array_le	12	f	s	1	0
        394	string_to_array	f	i	f	f	1009	25 25	0	0				text_to_array	12	f	s	1	0
        395	array_to_string	f	s	t	f	25	2277 25	0	0				array_to_text	12	f	s	1	0
        396	array_ge	f	i	t	f	16	2277 2277	0	0				array_ge	12	f	s	1	0
        398	scalargejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				scalargejoinsel	12	f	s	1	0
        400	hashtext	f	i	t	f	23	25	0	0				hashtext	12	f	s	1	0
        401	text	f	i	t	f	25	1042	0	0				rtrim1	12	f	s	1	0
        404	btoidvectorcmp	f	i	t	f	23	30 30	0	0				btoidvectorcmp	12	t	s	1	0
        406	text	f	i	t	f	25	19	0	0				name_text	12	t	s	1	0
        407	name	f	i	t	f	19	25	0	0				text_name	12	t	s	1	0
        408	bpchar	f	i	t	f	1042	19	0	0				name_bpchar	12	f	s	1	0
        409	name	f	i	t	f	19	1042	0	0				bpchar_name	12	t	s	1	0
        425	hashint4extended	f	i	t	f	20	23 20	0	0				hashint4extended	12	f	s	1	0
        432	hash_numeric	f	i	t	f	23	1700	0	0				hash_numeric	12	f	s	1	0
        438	num_nulls	f	i	f	f	23	2276	2276	0	2276	v		pg_num_nulls	12	f	s	1	0
        440	num_nonnulls	f	i	f	f	23	2276	2276	0	2276	v		pg_num_nonnulls	12	f	s	1	0
        441	hashint2extended	f	i	t	f	20	21 20	0	0				hashint2extended	12	f	s	1	0
        442	hashint8extended	f	i	t	f	20	20 20	0	0				hashint8extended	12	f	s	1	0
        443	hashfloat4extended	f	i	t	f	20	700 20	0	0				hashfloat4extended	12	f	s	1	0
        444	hashfloat8extended	f	i	t	f	20	701 20	0	0				hashfloat8extended	12	f	s	1	0
        445	hashoidextended	f	i	t	f	20	26 20	0	0				hashoidextended	12	f	s	1	0
        446	hashcharextended	f	i	t	f	20	18 20	0	0				hashcharextended	12	f	s	1	0
        447	hashnameextended	f	i	t	f	20	19 20	0	0				hashnameextended	12	f	s	1	0
        448	hashtextextended	f	i	t	f	20	25 20	0	0				hashtextextended	12	f	s	1	0
        449	hashint2	f	i	t	f	23	21	0	0				hashint2	12	f	s	1	0
        450	hashint4	f	i	t	f	23	23	0	0				hashint4	12	f	s	1	0
        451	hashfloat4	f	i	t	f	23	700	0	0				hashfloat4	12	f	s	1	0
        452	hashfloat8	f	i	t	f	23	701	0	0				hashfloat8	12	f	s	1	0
        453	hashoid	f	i	t	f	23	26	0	0				hashoid	12	f	s	1	0
        454	hashchar	f	i	t	f	23	18	0	0				hashchar	12	f	s	1	0
        455	hashname	f	i	t	f	23	19	0	0				hashname	12	f	s	1	0
        456	hashvarlena	f	i	t	f	23	2281	0	0				hashvarlena	12	f	s	1	0
        457	hashoidvector	f	i	t	f	23	30	0	0				hashoidvector	12	f	s	1	0
        458	text_larger	f	i	t	f	25	25 25	0	0				text_larger	12	t	s	1	0
        459	text_smaller	f	i	t	f	25	25 25	0	0				text_smaller	12	t	s	1	0
        460	int8in	f	i	t	f	20	2275	0	0				int8in	12	f	s	1	0
        461	int8out	f	i	t	f	2275	20	0	0				int8out	12	f	s	1	0
        462	int8um	f	i	t	f	20	20	0	0				int8um	12	f	s	1	0
        463	int8pl	f	i	t	f	20	20 20	0	0				int8pl	12	f	s	1	0
        464	int8mi	f	i	t	f	20	20 20	0	0				int8mi	12	f	s	1	0
        465	int8mul	f	i	t	f	20	20 20	0	0				int8mul	12	f	s	1	0
        466	int8div	f	i	t	f	20	20 20	0	0				int8div	12	f	s	1	0
        467	int8eq	f	i	t	f	16	20 20	0	0				int8eq	12	t	s	1	0
        468	int8ne	f	i	t	f	16	20 20	0	0				int8ne	12	t	s	1	0
        469	int8lt	f	i	t	f	16	20 20	0	0				int8lt	12	t	s	1	0
        470	int8gt	f	i	t	f	16	20 20	0	0				int8gt	12	t	s	1	0
        471	int8le	f	i	t	f	16	20 20	0	0				int8le	12	t	s	1	0
        472	int8ge	f	i	t	f	16	20 20	0	0				int8ge	12	t	s	1	0
        474	int84eq	f	i	t	f	16	20 23	0	0				int84eq	12	t	s	1	0
        475	int84ne	f	i	t	f	16	20 23	0	0				int84ne	12	t	s	1	0
        476	int84lt	f	i	t	f	16	20 23	0	0				int84lt	12	t	s	1	0
        477	int84gt	f	i	t	f	16	20 23	0	0				int84gt	12	t	s	1	0
        478	int84le	f	i	t	f	16	20 23	0	0				int84le	12	t	s	1	0
        479	int84ge	f	i	t	f	16	20 23	0	0				int84ge	12	t	s	1	0
        480	int4	f	i	t	f	23	20	0	0				int84	12	f	s	1	0
        481	int8	f	i	t	f	20	23	0	0				int48	12	t	s	1	0
        482	float8	f	i	t	f	701	20	0	0				i8tod	12	t	s	1	0
        483	int8	f	i	t	f	20	701	0	0				dtoi8	12	f	s	1	0
        515	array_larger	f	i	t	f	2277	2277 2277	0	0				array_larger	12	f	s	1	0
        516	array_smaller	f	i	t	f	2277	2277 2277	0	0				array_smaller	12	f	s	1	0
        619	oidvectorne	f	i	t	f	16	30 30	0	0				oidvectorne	12	t	s	1	0
        626	hash_array	f	i	t	f	23	2277	0	0				hash_array	12	f	s	1	0
        636	pg_indexam_has_property	f	s	t	f	16	26 25	0	0				pg_indexam_has_property	12	f	s	1	0
        637	pg_index_has_property	f	s	t	f	16	2205 25	0	0				pg_index_has_property	12	f	s	1	0
        638	pg_index_column_has_property	f	s	t	f	16	2205 23 25	0	0				pg_index_column_has_property	12	f	s	1	0
        652	float4	f	i	t	f	700	20	0	0				i8tof	12	t	s	1	0
        653	int8	f	i	t	f	20	700	0	0				ftoi8	12	f	s	1	0
        655	namelt	f	i	t	f	16	19 19	0	0				namelt	12	t	s	1	0
        656	namele	f	i	t	f	16	19 19	0	0				namele	12	t	s	1	0
        657	namegt	f	i	t	f	16	19 19	0	0				namegt	12	t	s	1	0
        658	namege	f	i	t	f	16	19 19	0	0				namege	12	t	s	1	0
        659	namene	f	i	t	f	16	19 19	0	0				namene	12	t	s	1	0
        668	bpchar	f	i	t	f	1042	1042 23 16	0	0				bpchar	12	f	s	1	0
        669	varchar	f	i	t	f	1043	1043 23 16	0	0				varchar	12	f	s	1	0
        676	pg_indexam_progress_phasename	f	i	t	f	25	26 20	0	0				pg_indexam_progress_phasename	12	f	s	1	0
        677	oidvectorlt	f	i	t	f	16	30 30	0	0				oidvectorlt	12	t	s	1	0
        678	oidvectorle	f	i	t	f	16	30 30	0	0				oidvectorle	12	t	s	1	0
        679	oidvectoreq	f	i	t	f	16	30 30	0	0				oidvectoreq	12	t	s	1	0
        680	oidvectorge	f	i	t	f	16	30 30	0	0				oidvectorge	12	t	s	1	0
        681	oidvectorgt	f	i	t	f	16	30 30	0	0				oidvectorgt	12	t	s	1	0
        710	getpgusername	f	s	t	f	19		0	0				current_user	12	f	s	1	0
        714	int2	f	i	t	f	21	20	0	0				int82	12	f	s	1	0
        715	lo_create	f	v	t	f	26	26	0	0				be_lo_create	12	f	u	1	0
        716	oidlt	f	i	t	f	16	26 26	0	0				oidlt	12	t	s	1	0
        717	oidle	f	i	t	f	16	26 26	0	0				oidle	12	t	s	1	0
        720	octet_length	f	i	t	f	23	17	0	0				byteaoctetlen	12	f	s	1	0
        721	get_byte	f	i	t	f	23	17 23	0	0				byteaGetByte	12	f	s	1	0
        722	set_byte	f	i	t	f	17	17 23 23	0	0				byteaSetByte	12	f	s	1	0
        723	get_bit	f	i	t	f	23	17 20	0	0				byteaGetBit	12	f	s	1	0
        724	set_bit	f	i	t	f	17	17 20 23	0	0				byteaSetBit	12	f	s	1	0
        740	text_lt	f	i	t	f	16	25 25	0	0				text_lt	12	t	s	1	0
        741	text_le	f	i	t	f	16	25 25	0	0				text_le	12	t	s	1	0
        742	text_gt	f	i	t	f	16	25 25	0	0				text_gt	12	t	s	1	0
        743	text_ge	f	i	t	f	16	25 25	0	0				text_ge	12	t	s	1	0
        744	array_eq	f	i	t	f	16	2277 2277	0	0				array_eq	12	f	s	1	0
        745	current_user	f	s	t	f	19		0	0				current_user	12	f	s	1	0
        746	session_user	f	s	t	f	19		0	0				session_user	12	f	s	1	0
        747	array_dims	f	i	t	f	25	2277	0	0				array_dims	12	f	s	1	0
        748	array_ndims	f	i	t	f	23	2277	0	0				array_ndims	12	f	s	1	0
        749	overlay	f	i	t	f	17	17 17 23 23	0	0				byteaoverlay	12	f	s	1	0
        750	array_in	f	s	t	f	2277	2275 26 23	0	0				array_in	12	f	s	1	0
        751	array_out	f	s	t	f	2275	2277	0	0				array_out	12	f	s	1	0
        752	overlay	f	i	t	f	17	17 17 23	0	0				byteaoverlay_no_len	12	f	s	1	0
        754	int8	f	i	t	f	20	21	0	0				int28	12	t	s	1	0
        764	lo_import	f	v	t	f	26	25	0	0				be_lo_import	12	f	u	1	0
        765	lo_export	f	v	t	f	23	26 25	0	0				be_lo_export	12	f	u	1	0
        766	int4inc	f	i	t	f	23	23	0	0				int4inc	12	f	s	1	0
        767	lo_import	f	v	t	f	26	25 26	0	0				be_lo_import_with_oid	12	f	u	1	0
        768	int4larger	f	i	t	f	23	23 23	0	0				int4larger	12	f	s	1	0
        769	int4smaller	f	i	t	f	23	23 23	0	0				int4smaller	12	f	s	1	0
        770	int2larger	f	i	t	f	21	21 21	0	0				int2larger	12	f	s	1	0
        771	int2smaller	f	i	t	f	21	21 21	0	0				int2smaller	12	f	s	1	0
        772	hashvarlenaextended	f	i	t	f	20	2281 20	0	0				hashvarlenaextended	12	f	s	1	0
        776	hashoidvectorextended	f	i	t	f	20	30 20	0	0				hashoidvectorextended	12	f	s	1	0
        777	hash_aclitem_extended	f	i	t	f	20	1033 20	0	0				hash_aclitem_extended	12	f	s	1	0
        780	hash_numeric_extended	f	i	t	f	20	1700 20	0	0				hash_numeric_extended	12	f	s	1	0
        782	hash_array_extended	f	i	t	f	20	2277 20	0	0				hash_array_extended	12	f	s	1	0
        810	pg_client_encoding	f	s	t	f	19		0	0				pg_client_encoding	12	f	s	1	0
        817	current_query	f	v	f	f	25		0	0				current_query	12	f	r	1	0
        837	int82pl	f	i	t	f	20	20 21	0	0				int82pl	12	f	s	1	0
        838	int82mi	f	i	t	f	20	20 21	0	0				int82mi	12	f	s	1	0
        839	int82mul	f	i	t	f	20	20 21	0	0				int82mul	12	f	s	1	0
        840	int82div	f	i	t	f	20	20 21	0	0				int82div	12	f	s	1	0
        841	int28pl	f	i	t	f	20	21 20	0	0				int28pl	12	f	s	1	0
        842	btint8cmp	f	i	t	f	23	20 20	0	0				btint8cmp	12	t	s	1	0
        849	position	f	i	t	f	23	25 25	0	0				textpos	12	f	s	1	0
        850	textlike	f	i	t	f	16	25 25	0	0				textlike	12	f	s	1	0
        851	textnlike	f	i	t	f	16	25 25	0	0				textnlike	12	f	s	1	0
        852	int48eq	f	i	t	f	16	23 20	0	0				int48eq	12	t	s	1	0
        853	int48ne	f	i	t	f	16	23 20	0	0				int48ne	12	t	s	1	0
        854	int48lt	f	i	t	f	16	23 20	0	0				int48lt	12	t	s	1	0
        855	int48gt	f	i	t	f	16	23 20	0	0				int48gt	12	t	s	1	0
        856	int48le	f	i	t	f	16	23 20	0	0				int48le	12	t	s	1	0
        857	int48ge	f	i	t	f	16	23 20	0	0				int48ge	12	t	s	1	0
        858	namelike	f	i	t	f	16	19 25	0	0				namelike	12	f	s	1	0
        859	namenlike	f	i	t	f	16	19 25	0	0				namenlike	12	f	s	1	0
        860	bpchar	f	i	t	f	1042	18	0	0				char_bpchar	12	f	s	1	0
        861	current_database	f	s	t	f	19		0	0				current_database	12	f	s	1	0
        868	strpos	f	i	t	f	23	25 25	0	0				textpos	12	f	s	1	0
        870	lower	f	i	t	f	25	25	0	0				lower	12	f	s	1	0
        871	upper	f	i	t	f	25	25	0	0				upper	12	f	s	1	0
        872	initcap	f	i	t	f	25	25	0	0				initcap	12	f	s	1	0
        873	lpad	f	i	t	f	25	25 23 25	0	0				lpad	12	f	s	1	0
        874	rpad	f	i	t	f	25	25 23 25	0	0				rpad	12	f	s	1	0
        875	ltrim	f	i	t	f	25	25 25	0	0				ltrim	12	f	s	1	0
        876	rtrim	f	i	t	f	25	25 25	0	0				rtrim	12	f	s	1	0
        877	substr	f	i	t	f	25	25 23 23	0	0				text_substr	12	f	s	1	0
        878	translate	f	i	t	f	25	25 25 25	0	0				translate	12	f	s	1	0
        879	lpad	f	i	t	f	25	25 23	0	0					14	f	s	1	0
        880	rpad	f	i	t	f	25	25 23	0	0					14	f	s	1	0
        881	ltrim	f	i	t	f	25	25	0	0				ltrim1	12	f	s	1	0
        882	rtrim	f	i	t	f	25	25	0	0				rtrim1	12	f	s	1	0
        883	substr	f	i	t	f	25	25 23	0	0				text_substr_no_len	12	f	s	1	0
        884	btrim	f	i	t	f	25	25 25	0	0				btrim	12	f	s	1	0
        885	btrim	f	i	t	f	25	25	0	0				btrim1	12	f	s	1	0
        936	substring	f	i	t	f	25	25 23 23	0	0				text_substr	12	f	s	1	0
        937	substring	f	i	t	f	25	25 23	0	0				text_substr_no_len	12	f	s	1	0
        938	generate_series	f	i	t	t	1114	1114 1114 1186	0	0				generate_series_timestamp	12	f	s	1	1000
        939	generate_series	f	s	t	t	1184	1184 1184 1186	0	0				generate_series_timestamptz	12	f	s	1	1000
        940	mod	f	i	t	f	21	21 21	0	0				int2mod	12	f	s	1	0
        941	mod	f	i	t	f	23	23 23	0	0				int4mod	12	f	s	1	0
        942	int28mi	f	i	t	f	20	21 20	0	0				int28mi	12	f	s	1	0
        943	int28mul	f	i	t	f	20	21 20	0	0				int28mul	12	f	s	1	0
        944	char	f	i	t	f	18	25	0	0				text_char	12	f	s	1	0
        945	int8mod	f	i	t	f	20	20 20	0	0				int8mod	12	f	s	1	0
        946	text	f	i	t	f	25	18	0	0				char_text	12	f	s	1	0
        947	mod	f	i	t	f	20	20 20	0	0				int8mod	12	f	s	1	0
        948	int28div	f	i	t	f	20	21 20	0	0				int28div	12	f	s	1	0
        949	hashint8	f	i	t	f	23	20	0	0				hashint8	12	f	s	1	0
        952	lo_open	f	v	t	f	23	26 23	0	0				be_lo_open	12	f	u	1	0
        953	lo_close	f	v	t	f	23	23	0	0				be_lo_close	12	f	u	1	0
        954	loread	f	v	t	f	17	23 23	0	0				be_loread	12	f	u	1	0
        955	lowrite	f	v	t	f	23	23 17	0	0				be_lowrite	12	f	u	1	0
        956	lo_lseek	f	v	t	f	23	23 23 23	0	0				be_lo_lseek	12	f	u	1	0
        957	lo_creat	f	v	t	f	26	23	0	0				be_lo_creat	12	f	u	1	0
        958	lo_tell	f	v	t	f	23	23	0	0				be_lo_tell	12	f	u	1	0
        964	lo_unlink	f	v	t	f	23	26	0	0				be_lo_unlink	12	f	u	1	0
        972	hashbpcharextended	f	i	t	f	20	1042 20	0	0				hashbpcharextended	12	f	s	1	0
        1004	lo_truncate	f	v	t	f	23	23 23	0	0				be_lo_truncate	12	f	u	1	0
        1023	textlike_support	f	i	t	f	2281	2281	0	0				textlike_support	12	f	s	1	0
        1024	texticregexeq_support	f	i	t	f	2281	2281	0	0				texticregexeq_support	12	f	s	1	0
        1025	texticlike_support	f	i	t	f	2281	2281	0	0				texticlike_support	12	f	s	1	0
        1026	timezone	f	i	t	f	1114	1186 1184	0	0				timestamptz_izone	12	f	s	1	0
        1030	gist_point_compress	f	i	t	f	2281	2281	0	0				gist_point_compress	12	f	s	1	0
        1031	aclitemin	f	s	t	f	1033	2275	0	0				aclitemin	12	f	s	1	0
        1032	aclitemout	f	s	t	f	2275	1033	0	0				aclitemout	12	f	s	1	0
        1035	aclinsert	f	i	t	f	1034	1034 1033	0	0				aclinsert	12	f	s	1	0
        1036	aclremove	f	i	t	f	1034	1034 1033	0	0				aclremove	12	f	s	1	0
        1037	aclcontains	f	i	t	f	16	1034 1033	0	0				aclcontains	12	f	s	1	0
        1039	getdatabaseencoding	f	s	t	f	19		0	0				getdatabaseencoding	12	f	s	1	0
        1044	bpcharin	f	i	t	f	1042	2275 26 23	0	0				bpcharin	12	f	s	1	0
        1045	bpcharout	f	i	t	f	2275	1042	0	0				bpcharout	12	f	s	1	0
        1046	varcharin	f	i	t	f	1043	2275 26 23	0	0				varcharin	12	f	s	1	0
        1047	varcharout	f	i	t	f	2275	1043	0	0				varcharout	12	f	s	1	0
        1048	bpchareq	f	i	t	f	16	1042 1042	0	0				bpchareq	12	t	s	1	0
        1049	bpcharlt	f	i	t	f	16	1042 1042	0	0				bpcharlt	12	t	s	1	0
        1050	bpcharle	f	i	t	f	16	1042 1042	0	0				bpcharle	12	t	s	1	0
        1051	bpchargt	f	i	t	f	16	1042 1042	0	0				bpchargt	12	t	s	1	0
        1052	bpcharge	f	i	t	f	16	1042 1042	0	0				bpcharge	12	t	s	1	0
        1053	bpcharne	f	i	t	f	16	1042 1042	0	0				bpcharne	12	t	s	1	0
        1062	aclitemeq	f	i	t	f	16	1033 1033	0	0				aclitem_eq	12	f	s	1	0
        1063	bpchar_larger	f	i	t	f	1042	1042 1042	0	0				bpchar_larger	12	t	s	1	0
        1064	bpchar_smaller	f	i	t	f	1042	1042 1042	0	0				bpchar_smaller	12	t	s	1	0
        1065	pg_prepared_xact	f	v	t	t	2249		0	0	28 25 1184 26 26	ooooo	transaction gid prepared ownerid dbid	pg_prepared_xact	12	f	s	1	1000
        1066	generate_series	f	i	t	t	23	23 23 23	0	0				generate_series_step_int4	12	f	s	1	1000
        1067	generate_series	f	i	t	t	23	23 23	0	0				generate_series_int4	12	f	s	1	1000
        1068	generate_series	f	i	t	t	20	20 20 20	0	0				generate_series_step_int8	12	f	s	1	1000
        1069	generate_series	f	i	t	t	20	20 20	0	0				generate_series_int8	12	f	s	1	1000
        1078	bpcharcmp	f	i	t	f	23	1042 1042	0	0				bpcharcmp	12	t	s	1	0
        1079	regclass	f	s	t	f	2205	25	0	0				text_regclass	12	f	s	1	0
        1080	hashbpchar	f	i	t	f	23	1042	0	0				hashbpchar	12	f	s	1	0
        1081	format_type	f	s	f	f	25	26 23	0	0				format_type	12	f	s	1	0
        1084	date_in	f	s	t	f	1082	2275	0	0				date_in	12	f	s	1	0
        1085	date_out	f	s	t	f	2275	1082	0	0				date_out	12	f	s	1	0
        1086	date_eq	f	i	t	f	16	1082 1082	0	0				date_eq	12	t	s	1	0
        1087	date_lt	f	i	t	f	16	1082 1082	0	0				date_lt	12	t	s	1	0
        1088	date_le	f	i	t	f	16	1082 1082	0	0				date_le	12	t	s	1	0
        1089	date_gt	f	i	t	f	16	1082 1082	0	0				date_gt	12	t	s	1	0
        1090	date_ge	f	i	t	f	16	1082 1082	0	0				date_ge	12	t	s	1	0
        1091	date_ne	f	i	t	f	16	1082 1082	0	0				date_ne	12	t	s	1	0
        1092	date_cmp	f	i	t	f	23	1082 1082	0	0				date_cmp	12	t	s	1	0
        1102	time_lt	f	i	t	f	16	1083 1083	0	0				time_lt	12	t	s	1	0
        1103	time_le	f	i	t	f	16	1083 1083	0	0				time_le	12	t	s	1	0
        1104	time_gt	f	i	t	f	16	1083 1083	0	0				time_gt	12	t	s	1	0
        1105	time_ge	f	i	t	f	16	1083 1083	0	0				time_ge	12	t	s	1	0
        1106	time_ne	f	i	t	f	16	1083 1083	0	0				time_ne	12	t	s	1	0
        1107	time_cmp	f	i	t	f	23	1083 1083	0	0				time_cmp	12	t	s	1	0
        1136	pg_stat_get_wal	f	s	f	f	2249		0	0	20 20 1700 20 20 20 701 701 1184	ooooooooo	wal_records wal_fpi wal_bytes wal_buffers_full wal_write wal_sync wal_write_time wal_sync_time stats_reset	pg_stat_get_wal	12	f	r	1	0
        1137	pg_get_wal_replay_pause_state	f	v	t	f	25		0	0				pg_get_wal_replay_pause_state	12	f	s	1	0
        1138	date_larger	f	i	t	f	1082	1082 1082	0	0				date_larger	12	f	s	1	0
        1139	date_smaller	f	i	t	f	1082	1082 1082	0	0				date_smaller	12	f	s	1	0
        1140	date_mi	f	i	t	f	23	1082 1082	0	0				date_mi	12	f	s	1	0
        1141	date_pli	f	i	t	f	1082	1082 23	0	0				date_pli	12	f	s	1	0
        1142	date_mii	f	i	t	f	1082	1082 23	0	0				date_mii	12	f	s	1	0
        1143	time_in	f	s	t	f	1083	2275 26 23	0	0				time_in	12	f	s	1	0
        1144	time_out	f	i	t	f	2275	1083	0	0				time_out	12	f	s	1	0
        1145	time_eq	f	i	t	f	16	1083 1083	0	0				time_eq	12	t	s	1	0
        1150	timestamptz_in	f	s	t	f	1184	2275 26 23	0	0				timestamptz_in	12	f	s	1	0
        1151	timestamptz_out	f	s	t	f	2275	1184	0	0				timestamptz_out	12	f	s	1	0
        1152	timestamptz_eq	f	i	t	f	16	1184 1184	0	0				timestamp_eq	12	t	s	1	0
        1153	timestamptz_ne	f	i	t	f	16	1184 1184	0	0				timestamp_ne	12	t	s	1	0
        1154	timestamptz_lt	f	i	t	f	16	1184 1184	0	0				timestamp_lt	12	t	s	1	0
        1155	timestamptz_le	f	i	t	f	16	1184 1184	0	0				timestamp_le	12	t	s	1	0
        1156	timestamptz_ge	f	i	t	f	16	1184 1184	0	0				timestamp_ge	12	t	s	1	0
        1157	timestamptz_gt	f	i	t	f	16	1184 1184	0	0				timestamp_gt	12	t	s	1	0
        1158	to_timestamp	f	i	t	f	1184	701	0	0				float8_timestamptz	12	f	s	1	0
        1159	timezone	f	i	t	f	1114	25 1184	0	0				timestamptz_zone	12	f	s	1	0
        1160	interval_in	f	s	t	f	1186	2275 26 23	0	0				interval_in	12	f	s	1	0
        1161	interval_out	f	s	t	f	2275	1186	0	0				interval_out	12	f	s	1	0
        1162	interval_eq	f	i	t	f	16	1186 1186	0	0				interval_eq	12	t	s	1	0
        1163	interval_ne	f	i	t	f	16	1186 1186	0	0				interval_ne	12	t	s	1	0
        1164	interval_lt	f	i	t	f	16	1186 1186	0	0				interval_lt	12	t	s	1	0
        1165	interval_le	f	i	t	f	16	1186 1186	0	0				interval_le	12	t	s	1	0
        1166	interval_ge	f	i	t	f	16	1186 1186	0	0				interval_ge	12	t	s	1	0
        1167	interval_gt	f	i	t	f	16	1186 1186	0	0				interval_gt	12	t	s	1	0
        1168	interval_um	f	i	t	f	1186	1186	0	0				interval_um	12	f	s	1	0
        1169	interval_pl	f	i	t	f	1186	1186 1186	0	0				interval_pl	12	f	s	1	0
        1170	interval_mi	f	i	t	f	1186	1186 1186	0	0				interval_mi	12	f	s	1	0
        1171	date_part	f	s	t	f	701	25 1184	0	0				timestamptz_part	12	f	s	1	0
        1172	date_part	f	i	t	f	701	25 1186	0	0				interval_part	12	f	s	1	0
        1173	network_subset_support	f	i	t	f	2281	2281	0	0				network_subset_support	12	f	s	1	0
        1174	timestamptz	f	s	t	f	1184	1082	0	0				date_timestamptz	12	f	s	1	0
        1175	justify_hours	f	i	t	f	1186	1186	0	0				interval_justify_hours	12	f	s	1	0
        1176	timestamptz	f	s	t	f	1184	1082 1083	0	0					14	f	s	1	0
        1178	date	f	s	t	f	1082	1184	0	0				timestamptz_date	12	f	s	1	0
        1181	age	f	s	t	f	23	28	0	0				xid_age	12	f	r	1	0
        1188	timestamptz_mi	f	i	t	f	1186	1184 1184	0	0				timestamp_mi	12	f	s	1	0
        1189	timestamptz_pl_interval	f	s	t	f	1184	1184 1186	0	0				timestamptz_pl_interval	12	f	s	1	0
        1190	timestamptz_mi_interval	f	s	t	f	1184	1184 1186	0	0				timestamptz_mi_interval	12	f	s	1	0
        1191	generate_subscripts	f	i	t	t	23	2277 23 16	0	0				generate_subscripts	12	f	s	1	1000
        1192	generate_subscripts	f	i	t	t	23	2277 23	0	0				generate_subscripts_nodir	12	f	s	1	1000
        1193	array_fill	f	i	f	f	2277	2283 1007	0	0				array_fill	12	f	s	1	0
        1194	log10	f	i	t	f	701	701	0	0				dlog10	12	f	s	1	0
        1195	timestamptz_smaller	f	i	t	f	1184	1184 1184	0	0				timestamp_smaller	12	f	s	1	0
        1196	timestamptz_larger	f	i	t	f	1184	1184 1184	0	0				timestamp_larger	12	f	s	1	0
        1197	interval_smaller	f	i	t	f	1186	1186 1186	0	0				interval_smaller	12	f	s	1	0
        1198	interval_larger	f	i	t	f	1186	1186 1186	0	0				interval_larger	12	f	s	1	0
        1199	age	f	i	t	f	1186	1184 1184	0	0				timestamptz_age	12	f	s	1	0
        1200	interval	f	i	t	f	1186	1186 23	0	0				interval_scale	12	f	s	1	0
        1215	obj_description	f	s	t	f	25	26 19	0	0					14	f	s	100	0
        1216	col_description	f	s	t	f	25	26 23	0	0					14	f	s	100	0
        1217	date_trunc	f	s	t	f	1184	25 1184	0	0				timestamptz_trunc	12	f	s	1	0
        1218	date_trunc	f	i	t	f	1186	25 1186	0	0				interval_trunc	12	f	s	1	0
        1219	int8inc	f	i	t	f	20	20	0	0				int8inc	12	f	s	1	0
        1230	int8abs	f	i	t	f	20	20	0	0				int8abs	12	f	s	1	0
        1236	int8larger	f	i	t	f	20	20 20	0	0				int8larger	12	f	s	1	0
        1237	int8smaller	f	i	t	f	20	20 20	0	0				int8smaller	12	f	s	1	0
        1238	texticregexeq	f	i	t	f	16	25 25	0	0				texticregexeq	12	f	s	1	0
        1239	texticregexne	f	i	t	f	16	25 25	0	0				texticregexne	12	f	s	1	0
        1240	nameicregexeq	f	i	t	f	16	19 25	0	0				nameicregexeq	12	f	s	1	0
        1241	nameicregexne	f	i	t	f	16	19 25	0	0				nameicregexne	12	f	s	1	0
        1242	boolin	f	i	t	f	16	2275	0	0				boolin	12	f	s	1	0
        1243	boolout	f	i	t	f	2275	16	0	0				boolout	12	f	s	1	0
        1244	byteain	f	i	t	f	17	2275	0	0				byteain	12	f	s	1	0
        1245	charin	f	i	t	f	18	2275	0	0				charin	12	f	s	1	0
        1246	charlt	f	i	t	f	16	18 18	0	0				charlt	12	t	s	1	0
        1250	unique_key_recheck	f	v	t	f	2279		0	0				unique_key_recheck	12	f	s	1	0
        1251	int4abs	f	i	t	f	23	23	0	0				int4abs	12	f	s	1	0
        1252	nameregexne	f	i	t	f	16	19 25	0	0				nameregexne	12	f	s	1	0
        1253	int2abs	f	i	t	f	21	21	0	0				int2abs	12	f	s	1	0
        1254	textregexeq	f	i	t	f	16	25 25	0	0				textregexeq	12	f	s	1	0
        1256	textregexne	f	i	t	f	16	25 25	0	0				textregexne	12	f	s	1	0
        1257	textlen	f	i	t	f	23	25	0	0				textlen	12	f	s	1	0
        1258	textcat	f	i	t	f	25	25 25	0	0				textcat	12	f	s	1	0
        1264	pg_char_to_encoding	f	s	t	f	23	19	0	0				PG_char_to_encoding	12	f	s	1	0
        1265	tidne	f	i	t	f	16	27 27	0	0				tidne	12	t	s	1	0
        1268	parse_ident	f	i	t	f	1009	25 16	0	1			str strict	parse_ident	12	f	s	1	0
        1269	pg_column_size	f	s	t	f	23	2276	0	0				pg_column_size	12	f	s	1	0
        1271	overlaps	f	i	f	f	16	1266 1266 1266 1266	0	0				overlaps_timetz	12	f	s	1	0
        1272	datetime_pl	f	i	t	f	1114	1082 1083	0	0				datetime_timestamp	12	f	s	1	0
        1273	date_part	f	i	t	f	701	25 1266	0	0				timetz_part	12	f	s	1	0
        1274	int84pl	f	i	t	f	20	20 23	0	0				int84pl	12	f	s	1	0
        1275	int84mi	f	i	t	f	20	20 23	0	0				int84mi	12	f	s	1	0
        1276	int84mul	f	i	t	f	20	20 23	0	0				int84mul	12	f	s	1	0
        1277	int84div	f	i	t	f	20	20 23	0	0				int84div	12	f	s	1	0
        1278	int48pl	f	i	t	f	20	23 20	0	0				int48pl	12	f	s	1	0
        1279	int48mi	f	i	t	f	20	23 20	0	0				int48mi	12	f	s	1	0
        1280	int48mul	f	i	t	f	20	23 20	0	0				int48mul	12	f	s	1	0
        1281	int48div	f	i	t	f	20	23 20	0	0				int48div	12	f	s	1	0
        1282	quote_ident	f	i	t	f	25	25	0	0				quote_ident	12	f	s	1	0
        1283	quote_literal	f	i	t	f	25	25	0	0				quote_literal	12	f	s	1	0
        1284	date_trunc	f	s	t	f	1184	25 1184 25	0	0				timestamptz_trunc_zone	12	f	s	1	0
        1285	quote_literal	f	s	t	f	25	2283	0	0					14	f	s	1	0
        1286	array_fill	f	i	f	f	2277	2283 1007 1007	0	0				array_fill_with_lower_bounds	12	f	s	1	0
        1287	oid	f	i	t	f	26	20	0	0				i8tooid	12	f	s	1	0
        1288	int8	f	i	t	f	20	26	0	0				oidtoi8	12	t	s	1	0
        1289	quote_nullable	f	i	f	f	25	25	0	0				quote_nullable	12	f	s	1	0
        1290	quote_nullable	f	s	f	f	25	2283	0	0					14	f	s	1	0
        1291	suppress_redundant_updates_trigger	f	v	t	f	2279		0	0				suppress_redundant_updates_trigger	12	f	s	1	0
        1292	tideq	f	i	t	f	16	27 27	0	0				tideq	12	t	s	1	0
        1294	currtid2	f	v	t	f	27	25 27	0	0				currtid_byrelname	12	f	u	1	0
        1295	justify_days	f	i	t	f	1186	1186	0	0				interval_justify_days	12	f	s	1	0
        1296	timedate_pl	f	i	t	f	1114	1083 1082	0	0					14	f	s	1	0
        1297	datetimetz_pl	f	i	t	f	1184	1082 1266	0	0				datetimetz_timestamptz	12	f	s	1	0
        1298	timetzdate_pl	f	i	t	f	1184	1266 1082	0	0					14	f	s	1	0
        1299	now	f	s	t	f	1184		0	0				now	12	f	s	1	0
        1300	positionsel	f	s	t	f	701	2281 26 2281 23	0	0				positionsel	12	f	s	1	0
        1301	positionjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				positionjoinsel	12	f	s	1	0
        1302	contsel	f	s	t	f	701	2281 26 2281 23	0	0				contsel	12	f	s	1	0
        1303	contjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				contjoinsel	12	f	s	1	0
        1304	overlaps	f	i	f	f	16	1184 1184 1184 1184	0	0				overlaps_timestamp	12	f	s	1	0
        1305	overlaps	f	s	f	f	16	1184 1186 1184 1186	0	0					14	f	s	1	0
        1306	overlaps	f	s	f	f	16	1184 1184 1184 1186	0	0					14	f	s	1	0
        1307	overlaps	f	s	f	f	16	1184 1186 1184 1184	0	0					14	f	s	1	0
        1308	overlaps	f	i	f	f	16	1083 1083 1083 1083	0	0				overlaps_time	12	f	s	1	0
        1309	overlaps	f	i	f	f	16	1083 1186 1083 1186	0	0					14	f	s	1	0
        1310	overlaps	f	i	f	f	16	1083 1083 1083 1186	0	0					14	f	s	1	0
        1311	overlaps	f	i	f	f	16	1083 1186 1083 1083	0	0					14	f	s	1	0
        1312	timestamp_in	f	s	t	f	1114	2275 26 23	0	0				timestamp_in	12	f	s	1	0
        1313	timestamp_out	f	s	t	f	2275	1114	0	0				timestamp_out	12	f	s	1	0
        1314	timestamptz_cmp	f	i	t	f	23	1184 1184	0	0				timestamp_cmp	12	t	s	1	0
        1315	interval_cmp	f	i	t	f	23	1186 1186	0	0				interval_cmp	12	t	s	1	0
        1316	time	f	i	t	f	1083	1114	0	0				timestamp_time	12	f	s	1	0
        1317	length	f	i	t	f	23	25	0	0				textlen	12	f	s	1	0
        1318	length	f	i	t	f	23	1042	0	0				bpcharlen	12	f	s	1	0
        1319	xideqint4	f	i	t	f	16	28 23	0	0				xideq	12	t	s	1	0
        1326	interval_div	f	i	t	f	1186	1186 701	0	0				interval_div	12	f	s	1	0
        1339	dlog10	f	i	t	f	701	701	0	0				dlog10	12	f	s	1	0
        1340	log	f	i	t	f	701	701	0	0				dlog10	12	f	s	1	0
        1341	ln	f	i	t	f	701	701	0	0				dlog1	12	f	s	1	0
        1342	round	f	i	t	f	701	701	0	0				dround	12	f	s	1	0
        1343	trunc	f	i	t	f	701	701	0	0				dtrunc	12	f	s	1	0
        1344	sqrt	f	i	t	f	701	701	0	0				dsqrt	12	f	s	1	0
        1345	cbrt	f	i	t	f	701	701	0	0				dcbrt	12	f	s	1	0
        1346	pow	f	i	t	f	701	701 701	0	0				dpow	12	f	s	1	0
        1347	exp	f	i	t	f	701	701	0	0				dexp	12	f	s	1	0
        1348	obj_description	f	s	t	f	25	26	0	0					14	f	s	100	0
        1349	oidvectortypes	f	s	t	f	25	30	0	0				oidvectortypes	12	f	s	1	0
        1350	timetz_in	f	s	t	f	1266	2275 26 23	0	0				timetz_in	12	f	s	1	0
        1351	timetz_out	f	i	t	f	2275	1266	0	0				timetz_out	12	f	s	1	0
        1352	timetz_eq	f	i	t	f	16	1266 1266	0	0				timetz_eq	12	t	s	1	0
        1353	timetz_ne	f	i	t	f	16	1266 1266	0	0				timetz_ne	12	t	s	1	0
        1354	timetz_lt	f	i	t	f	16	1266 1266	0	0				timetz_lt	12	t	s	1	0
        1355	timetz_le	f	i	t	f	16	1266 1266	0	0				timetz_le	12	t	s	1	0
        1356	timetz_ge	f	i	t	f	16	1266 1266	0	0				timetz_ge	12	t	s	1	0
        1357	timetz_gt	f	i	t	f	16	1266 1266	0	0				timetz_gt	12	t	s	1	0
        1358	timetz_cmp	f	i	t	f	23	1266 1266	0	0				timetz_cmp	12	t	s	1	0
        1359	timestamptz	f	i	t	f	1184	1082 1266	0	0				datetimetz_timestamptz	12	f	s	1	0
        1364	textregexeq_support	f	i	t	f	2281	2281	0	0				textregexeq_support	12	f	s	1	0
        1365	makeaclitem	f	i	t	f	1033	26 26 25 16	0	0				makeaclitem	12	f	s	1	0
        1367	character_length	f	i	t	f	23	1042	0	0				bpcharlen	12	f	s	1	0
        1368	power	f	i	t	f	701	701 701	0	0				dpow	12	f	s	1	0
        1369	character_length	f	i	t	f	23	25	0	0				textlen	12	f	s	1	0
        1370	interval	f	i	t	f	1186	1083	0	0				time_interval	12	t	s	1	0
        1371	pg_lock_status	f	v	t	t	2249		0	0	25 26 26 23 21 25 28 26 26 21 25 23 25 16 16 1184	oooooooooooooooo	locktype database relation page tuple virtualxid transactionid classid objid objsubid virtualtransaction pid mode granted fastpath waitstart	pg_lock_status	12	f	s	1	1000
        1372	char_length	f	i	t	f	23	1042	0	0				bpcharlen	12	f	s	1	0
        1373	isfinite	f	i	t	f	16	1082	0	0				date_finite	12	f	s	1	0
        1374	octet_length	f	i	t	f	23	25	0	0				textoctetlen	12	f	s	1	0
        1375	octet_length	f	i	t	f	23	1042	0	0				bpcharoctetlen	12	f	s	1	0
        1376	factorial	f	i	t	f	1700	20	0	0				numeric_fac	12	f	s	1	0
        1377	time_larger	f	i	t	f	1083	1083 1083	0	0				time_larger	12	f	s	1	0
        1378	time_smaller	f	i	t	f	1083	1083 1083	0	0				time_smaller	12	f	s	1	0
        1379	timetz_larger	f	i	t	f	1266	1266 1266	0	0				timetz_larger	12	f	s	1	0
        1380	timetz_smaller	f	i	t	f	1266	1266 1266	0	0				timetz_smaller	12	f	s	1	0
        1381	char_length	f	i	t	f	23	25	0	0				textlen	12	f	s	1	0
        1384	date_part	f	i	t	f	701	25 1082	0	0					14	f	s	1	0
        1385	date_part	f	i	t	f	701	25 1083	0	0				time_part	12	f	s	1	0
        1386	age	f	s	t	f	1186	1184	0	0					14	f	s	1	0
        1387	pg_get_constraintdef	f	s	t	f	25	26	0	0				pg_get_constraintdef	12	f	s	1	0
        1388	timetz	f	s	t	f	1266	1184	0	0				timestamptz_timetz	12	f	s	1	0
        1389	isfinite	f	i	t	f	16	1184	0	0				timestamp_finite	12	f	s	1	0
        1390	isfinite	f	i	t	f	16	1186	0	0				interval_finite	12	f	s	1	0
        1391	pg_stat_get_backend_start	f	s	t	f	1184	23	0	0				pg_stat_get_backend_start	12	f	r	1	0
        1393	pg_stat_get_backend_client_port	f	s	t	f	23	23	0	0				pg_stat_get_backend_client_port	12	f	r	1	0
        1394	abs	f	i	t	f	700	700	0	0				float4abs	12	f	s	1	0
        1395	abs	f	i	t	f	701	701	0	0				float8abs	12	f	s	1	0
        1396	abs	f	i	t	f	20	20	0	0				int8abs	12	f	s	1	0
        1397	abs	f	i	t	f	23	23	0	0				int4abs	12	f	s	1	0
        1398	abs	f	i	t	f	21	21	0	0				int2abs	12	f	s	1	0
        1400	name	f	i	t	f	19	1043	0	0				text_name	12	t	s	1	0
        1401	varchar	f	i	t	f	1043	19	0	0				name_text	12	t	s	1	0
        1402	current_schema	f	s	t	f	19		0	0				current_schema	12	f	u	1	0
        1403	current_schemas	f	s	t	f	1003	16	0	0				current_schemas	12	f	u	1	0
        1404	overlay	f	i	t	f	25	25 25 23 23	0	0				textoverlay	12	f	s	1	0
        1405	overlay	f	i	t	f	25	25 25 23	0	0				textoverlay_no_len	12	f	s	1	0
        1419	time	f	i	t	f	1083	1186	0	0				interval_time	12	f	s	1	0
        1481	log10	f	i	t	f	1700	1700	0	0					14	f	s	1	0
        1569	like	f	i	t	f	16	25 25	0	0				textlike	12	f	s	1	0
        1570	notlike	f	i	t	f	16	25 25	0	0				textnlike	12	f	s	1	0
        1571	like	f	i	t	f	16	19 25	0	0				namelike	12	f	s	1	0
        1572	notlike	f	i	t	f	16	19 25	0	0				namenlike	12	f	s	1	0
        1573	pg_get_ruledef	f	s	t	f	25	26	0	0				pg_get_ruledef	12	f	s	1	0
        1574	nextval	f	v	t	f	20	2205	0	0				nextval_oid	12	f	u	1	0
        1575	currval	f	v	t	f	20	2205	0	0				currval_oid	12	f	u	1	0
        1576	setval	f	v	t	f	20	2205 20	0	0				setval_oid	12	f	u	1	0
        1597	pg_encoding_to_char	f	s	t	f	19	23	0	0				PG_encoding_to_char	12	f	s	1	0
        1598	random	f	v	t	f	701		0	0				drandom	12	f	r	1	0
        1599	setseed	f	v	t	f	2278	701	0	0				setseed	12	f	r	1	0
        1600	asin	f	i	t	f	701	701	0	0				dasin	12	f	s	1	0
        1601	acos	f	i	t	f	701	701	0	0				dacos	12	f	s	1	0
        1602	atan	f	i	t	f	701	701	0	0				datan	12	f	s	1	0
        1603	atan2	f	i	t	f	701	701 701	0	0				datan2	12	f	s	1	0
        1604	sin	f	i	t	f	701	701	0	0				dsin	12	f	s	1	0
        1605	cos	f	i	t	f	701	701	0	0				dcos	12	f	s	1	0
        1606	tan	f	i	t	f	701	701	0	0				dtan	12	f	s	1	0
        1607	cot	f	i	t	f	701	701	0	0				dcot	12	f	s	1	0
        1608	degrees	f	i	t	f	701	701	0	0				degrees	12	f	s	1	0
        1609	radians	f	i	t	f	701	701	0	0				radians	12	f	s	1	0
        1610	pi	f	i	t	f	701		0	0				dpi	12	f	s	1	0
        1618	interval_mul	f	i	t	f	1186	1186 701	0	0				interval_mul	12	f	s	1	0
        1619	pg_typeof	f	s	f	f	2206	2276	0	0				pg_typeof	12	f	s	1	0
        1620	ascii	f	i	t	f	23	25	0	0				ascii	12	f	s	1	0
        1621	chr	f	i	t	f	25	23	0	0				chr	12	f	s	1	0
        1622	repeat	f	i	t	f	25	25 23	0	0				repeat	12	f	s	1	0
        1623	similar_escape	f	i	f	f	25	25 25	0	0				similar_escape	12	f	s	1	0
        1624	mul_d_interval	f	i	t	f	1186	701 1186	0	0				mul_d_interval	12	f	s	1	0
        1631	bpcharlike	f	i	t	f	16	1042 25	0	0				textlike	12	f	s	1	0
        1632	bpcharnlike	f	i	t	f	16	1042 25	0	0				textnlike	12	f	s	1	0
        1633	texticlike	f	i	t	f	16	25 25	0	0				texticlike	12	f	s	1	0
        1634	texticnlike	f	i	t	f	16	25 25	0	0				texticnlike	12	f	s	1	0
        1635	nameiclike	f	i	t	f	16	19 25	0	0				nameiclike	12	f	s	1	0
        1636	nameicnlike	f	i	t	f	16	19 25	0	0				nameicnlike	12	f	s	1	0
        1637	like_escape	f	i	t	f	25	25 25	0	0				like_escape	12	f	s	1	0
        1638	oidgt	f	i	t	f	16	26 26	0	0				oidgt	12	t	s	1	0
        1639	oidge	f	i	t	f	16	26 26	0	0				oidge	12	t	s	1	0
        1640	pg_get_viewdef	f	s	t	f	25	25	0	0				pg_get_viewdef_name	12	f	r	1	0
        1641	pg_get_viewdef	f	s	t	f	25	26	0	0				pg_get_viewdef	12	f	r	1	0
        1642	pg_get_userbyid	f	s	t	f	19	26	0	0				pg_get_userbyid	12	f	s	1	0
        1643	pg_get_indexdef	f	s	t	f	25	26	0	0				pg_get_indexdef	12	f	s	1	0
        1644	RI_FKey_check_ins	f	v	t	f	2279		0	0				RI_FKey_check_ins	12	f	s	1	0
        1645	RI_FKey_check_upd	f	v	t	f	2279		0	0				RI_FKey_check_upd	12	f	s	1	0
        1646	RI_FKey_cascade_del	f	v	t	f	2279		0	0				RI_FKey_cascade_del	12	f	s	1	0
        1647	RI_FKey_cascade_upd	f	v	t	f	2279		0	0				RI_FKey_cascade_upd	12	f	s	1	0
        1648	RI_FKey_restrict_del	f	v	t	f	2279		0	0				RI_FKey_restrict_del	12	f	s	1	0
        1649	RI_FKey_restrict_upd	f	v	t	f	2279		0	0				RI_FKey_restrict_upd	12	f	s	1	0
        1650	RI_FKey_setnull_del	f	v	t	f	2279		0	0				RI_FKey_setnull_del	12	f	s	1	0
        1651	RI_FKey_setnull_upd	f	v	t	f	2279		0	0				RI_FKey_setnull_upd	12	f	s	1	0
        1652	RI_FKey_setdefault_del	f	v	t	f	2279		0	0				RI_FKey_setdefault_del	12	f	s	1	0
        1653	RI_FKey_setdefault_upd	f	v	t	f	2279		0	0				RI_FKey_setdefault_upd	12	f	s	1	0
        1654	RI_FKey_noaction_del	f	v	t	f	2279		0	0				RI_FKey_noaction_del	12	f	s	1	0
        1655	RI_FKey_noaction_upd	f	v	t	f	2279		0	0				RI_FKey_noaction_upd	12	f	s	1	0
        1656	bpcharicregexeq	f	i	t	f	16	1042 25	0	0				texticregexeq	12	f	s	1	0
        1657	bpcharicregexne	f	i	t	f	16	1042 25	0	0				texticregexne	12	f	s	1	0
        1658	bpcharregexeq	f	i	t	f	16	1042 25	0	0				textregexeq	12	f	s	1	0
        1659	bpcharregexne	f	i	t	f	16	1042 25	0	0				textregexne	12	f	s	1	0
        1660	bpchariclike	f	i	t	f	16	1042 25	0	0				texticlike	12	f	s	1	0
        1661	bpcharicnlike	f	i	t	f	16	1042 25	0	0				texticnlike	12	f	s	1	0
        1662	pg_get_triggerdef	f	s	t	f	25	26	0	0				pg_get_triggerdef	12	f	s	1	0
        1665	pg_get_serial_sequence	f	s	t	f	25	25 25	0	0				pg_get_serial_sequence	12	f	s	1	0
        1686	pg_get_keywords	f	s	t	t	2249		0	0	25 18 16 25 25	ooooo	word catcode barelabel catdesc baredesc	pg_get_keywords	12	f	s	10	500
        1688	time_hash	f	i	t	f	23	1083	0	0				time_hash	12	f	s	1	0
        1689	aclexplode	f	s	t	t	2249	1034	0	0	1034 26 26 25 16	ioooo	acl grantor grantee privilege_type is_grantable	aclexplode	12	f	s	1	10
        1690	time_mi_time	f	i	t	f	1186	1083 1083	0	0				time_mi_time	12	f	s	1	0
        1691	boolle	f	i	t	f	16	16 16	0	0				boolle	12	t	s	1	0
        1692	boolge	f	i	t	f	16	16 16	0	0				boolge	12	t	s	1	0
        1693	btboolcmp	f	i	t	f	23	16 16	0	0				btboolcmp	12	t	s	1	0
        1696	timetz_hash	f	i	t	f	23	1266	0	0				timetz_hash	12	f	s	1	0
        1697	interval_hash	f	i	t	f	23	1186	0	0				interval_hash	12	f	s	1	0
        1701	numeric_in	f	i	t	f	1700	2275 26 23	0	0				numeric_in	12	f	s	1	0
        1702	numeric_out	f	i	t	f	2275	1700	0	0				numeric_out	12	f	s	1	0
        1703	numeric	f	i	t	f	1700	1700 23	0	0				numeric	12	f	s	1	0
        1704	numeric_abs	f	i	t	f	1700	1700	0	0				numeric_abs	12	f	s	1	0
        1705	abs	f	i	t	f	1700	1700	0	0				numeric_abs	12	f	s	1	0
        1706	sign	f	i	t	f	1700	1700	0	0				numeric_sign	12	f	s	1	0
        1707	round	f	i	t	f	1700	1700 23	0	0				numeric_round	12	f	s	1	0
        1708	round	f	i	t	f	1700	1700	0	0					14	f	s	1	0
        1709	trunc	f	i	t	f	1700	1700 23	0	0				numeric_trunc	12	f	s	1	0
        1710	trunc	f	i	t	f	1700	1700	0	0					14	f	s	1	0
        1711	ceil	f	i	t	f	1700	1700	0	0				numeric_ceil	12	f	s	1	0
        1712	floor	f	i	t	f	1700	1700	0	0				numeric_floor	12	f	s	1	0
        1713	length	f	s	t	f	23	17 19	0	0				length_in_encoding	12	f	s	1	0
        1714	convert_from	f	s	t	f	25	17 19	0	0				pg_convert_from	12	f	s	1	0
        1716	pg_get_expr	f	s	t	f	25	194 26	0	0				pg_get_expr	12	f	s	1	0
        1717	convert_to	f	s	t	f	17	25 19	0	0				pg_convert_to	12	f	s	1	0
        1718	numeric_eq	f	i	t	f	16	1700 1700	0	0				numeric_eq	12	f	s	1	0
        1719	numeric_ne	f	i	t	f	16	1700 1700	0	0				numeric_ne	12	f	s	1	0
        1720	numeric_gt	f	i	t	f	16	1700 1700	0	0				numeric_gt	12	f	s	1	0
        1721	numeric_ge	f	i	t	f	16	1700 1700	0	0				numeric_ge	12	f	s	1	0
        1722	numeric_lt	f	i	t	f	16	1700 1700	0	0				numeric_lt	12	f	s	1	0
        1723	numeric_le	f	i	t	f	16	1700 1700	0	0				numeric_le	12	f	s	1	0
        1724	numeric_add	f	i	t	f	1700	1700 1700	0	0				numeric_add	12	f	s	1	0
        1725	numeric_sub	f	i	t	f	1700	1700 1700	0	0				numeric_sub	12	f	s	1	0
        1726	numeric_mul	f	i	t	f	1700	1700 1700	0	0				numeric_mul	12	f	s	1	0
        1727	numeric_div	f	i	t	f	1700	1700 1700	0	0				numeric_div	12	f	s	1	0
        1728	mod	f	i	t	f	1700	1700 1700	0	0				numeric_mod	12	f	s	1	0
        1729	numeric_mod	f	i	t	f	1700	1700 1700	0	0				numeric_mod	12	f	s	1	0
        1730	sqrt	f	i	t	f	1700	1700	0	0				numeric_sqrt	12	f	s	1	0
        1731	numeric_sqrt	f	i	t	f	1700	1700	0	0				numeric_sqrt	12	f	s	1	0
        1732	exp	f	i	t	f	1700	1700	0	0				numeric_exp	12	f	s	1	0
        1733	numeric_exp	f	i	t	f	1700	1700	0	0				numeric_exp	12	f	s	1	0
        1734	ln	f	i	t	f	1700	1700	0	0				numeric_ln	12	f	s	1	0
        1735	numeric_ln	f	i	t	f	1700	1700	0	0				numeric_ln	12	f	s	1	0
        1736	log	f	i	t	f	1700	1700 1700	0	0				numeric_log	12	f	s	1	0
        1737	numeric_log	f	i	t	f	1700	1700 1700	0	0				numeric_log	12	f	s	1	0
        1738	pow	f	i	t	f	1700	1700 1700	0	0				numeric_power	12	f	s	1	0
        1739	numeric_power	f	i	t	f	1700	1700 1700	0	0				numeric_power	12	f	s	1	0
        1740	numeric	f	i	t	f	1700	23	0	0				int4_numeric	12	t	s	1	0
        1741	log	f	i	t	f	1700	1700	0	0					14	f	s	1	0
        1742	numeric	f	i	t	f	1700	700	0	0				float4_numeric	12	t	s	1	0
        1743	numeric	f	i	t	f	1700	701	0	0				float8_numeric	12	t	s	1	0
        1744	int4	f	i	t	f	23	1700	0	0				numeric_int4	12	f	s	1	0
        1745	float4	f	i	t	f	700	1700	0	0				numeric_float4	12	f	s	1	0
        1746	float8	f	i	t	f	701	1700	0	0				numeric_float8	12	f	s	1	0
        1747	time_pl_interval	f	i	t	f	1083	1083 1186	0	0				time_pl_interval	12	f	s	1	0
        1748	time_mi_interval	f	i	t	f	1083	1083 1186	0	0				time_mi_interval	12	f	s	1	0
        1749	timetz_pl_interval	f	i	t	f	1266	1266 1186	0	0				timetz_pl_interval	12	f	s	1	0
        1750	timetz_mi_interval	f	i	t	f	1266	1266 1186	0	0				timetz_mi_interval	12	f	s	1	0
        1764	numeric_inc	f	i	t	f	1700	1700	0	0				numeric_inc	12	f	s	1	0
        1765	setval	f	v	t	f	20	2205 20 16	0	0				setval3_oid	12	f	u	1	0
        1766	numeric_smaller	f	i	t	f	1700	1700 1700	0	0				numeric_smaller	12	f	s	1	0
        1767	numeric_larger	f	i	t	f	1700	1700 1700	0	0				numeric_larger	12	f	s	1	0
        1768	to_char	f	s	t	f	25	1186 25	0	0				interval_to_char	12	f	s	1	0
        1769	numeric_cmp	f	i	t	f	23	1700 1700	0	0				numeric_cmp	12	f	s	1	0
        1770	to_char	f	s	t	f	25	1184 25	0	0				timestamptz_to_char	12	f	s	1	0
        1771	numeric_uminus	f	i	t	f	1700	1700	0	0				numeric_uminus	12	f	s	1	0
        1772	to_char	f	s	t	f	25	1700 25	0	0				numeric_to_char	12	f	s	1	0
        1773	to_char	f	s	t	f	25	23 25	0	0				int4_to_char	12	f	s	1	0
        1774	to_char	f	s	t	f	25	20 25	0	0				int8_to_char	12	f	s	1	0
        1775	to_char	f	s	t	f	25	700 25	0	0				float4_to_char	12	f	s	1	0
        1776	to_char	f	s	t	f	25	701 25	0	0				float8_to_char	12	f	s	1	0
        1777	to_number	f	s	t	f	1700	25 25	0	0				numeric_to_number	12	f	s	1	0
        1778	to_timestamp	f	s	t	f	1184	25 25	0	0				to_timestamp	12	f	s	1	0
        1779	int8	f	i	t	f	20	1700	0	0				numeric_int8	12	f	s	1	0
        1780	to_date	f	s	t	f	1082	25 25	0	0				to_date	12	f	s	1	0
        1781	numeric	f	i	t	f	1700	20	0	0				int8_numeric	12	t	s	1	0
        1782	numeric	f	i	t	f	1700	21	0	0				int2_numeric	12	t	s	1	0
        1783	int2	f	i	t	f	21	1700	0	0				numeric_int2	12	f	s	1	0
        1798	oidin	f	i	t	f	26	2275	0	0				oidin	12	f	s	1	0
        1799	oidout	f	i	t	f	2275	26	0	0				oidout	12	f	s	1	0
        1810	bit_length	f	i	t	f	23	17	0	0					14	f	s	1	0
        1811	bit_length	f	i	t	f	23	25	0	0					14	f	s	1	0
        1813	convert	f	s	t	f	17	17 19 19	0	0				pg_convert	12	f	s	1	0
        1814	iclikesel	f	s	t	f	701	2281 26 2281 23	0	0				iclikesel	12	f	s	1	0
        1815	icnlikesel	f	s	t	f	701	2281 26 2281 23	0	0				icnlikesel	12	f	s	1	0
        1816	iclikejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				iclikejoinsel	12	f	s	1	0
        1817	icnlikejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				icnlikejoinsel	12	f	s	1	0
        1818	regexeqsel	f	s	t	f	701	2281 26 2281 23	0	0				regexeqsel	12	f	s	1	0
        1819	likesel	f	s	t	f	701	2281 26 2281 23	0	0				likesel	12	f	s	1	0
        1820	icregexeqsel	f	s	t	f	701	2281 26 2281 23	0	0				icregexeqsel	12	f	s	1	0
        1821	regexnesel	f	s	t	f	701	2281 26 2281 23	0	0				regexnesel	12	f	s	1	0
        1822	nlikesel	f	s	t	f	701	2281 26 2281 23	0	0				nlikesel	12	f	s	1	0
        1823	icregexnesel	f	s	t	f	701	2281 26 2281 23	0	0				icregexnesel	12	f	s	1	0
        1824	regexeqjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				regexeqjoinsel	12	f	s	1	0
        1825	likejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				likejoinsel	12	f	s	1	0
        1826	icregexeqjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				icregexeqjoinsel	12	f	s	1	0
        1827	regexnejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				regexnejoinsel	12	f	s	1	0
        1828	nlikejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				nlikejoinsel	12	f	s	1	0
        1829	icregexnejoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				icregexnejoinsel	12	f	s	1	0
        1830	float8_avg	f	i	t	f	701	1022	0	0				float8_avg	12	f	s	1	0
        1831	float8_var_samp	f	i	t	f	701	1022	0	0				float8_var_samp	12	f	s	1	0
        1832	float8_stddev_samp	f	i	t	f	701	1022	0	0				float8_stddev_samp	12	f	s	1	0
        1833	numeric_accum	f	i	f	f	2281	2281 1700	0	0				numeric_accum	12	f	s	1	0
        1834	int2_accum	f	i	f	f	2281	2281 21	0	0				int2_accum	12	f	s	1	0
        1835	int4_accum	f	i	f	f	2281	2281 23	0	0				int4_accum	12	f	s	1	0
        1836	int8_accum	f	i	f	f	2281	2281 20	0	0				int8_accum	12	f	s	1	0
        1837	numeric_avg	f	i	f	f	1700	2281	0	0				numeric_avg	12	f	s	1	0
        1838	numeric_var_samp	f	i	f	f	1700	2281	0	0				numeric_var_samp	12	f	s	1	0
        1839	numeric_stddev_samp	f	i	f	f	1700	2281	0	0				numeric_stddev_samp	12	f	s	1	0
        1840	int2_sum	f	i	f	f	20	20 21	0	0				int2_sum	12	f	s	1	0
        1841	int4_sum	f	i	f	f	20	20 23	0	0				int4_sum	12	f	s	1	0
        1842	int8_sum	f	i	f	f	1700	1700 20	0	0				int8_sum	12	f	s	1	0
        1843	interval_accum	f	i	t	f	1187	1187 1186	0	0				interval_accum	12	f	s	1	0
        1844	interval_avg	f	i	t	f	1186	1187	0	0				interval_avg	12	f	s	1	0
        1845	to_ascii	f	i	t	f	25	25	0	0				to_ascii_default	12	f	s	1	0
        1846	to_ascii	f	i	t	f	25	25 23	0	0				to_ascii_enc	12	f	s	1	0
        1847	to_ascii	f	i	t	f	25	25 19	0	0				to_ascii_encname	12	f	s	1	0
        1848	interval_pl_time	f	i	t	f	1083	1186 1083	0	0					14	f	s	1	0
        1850	int28eq	f	i	t	f	16	21 20	0	0				int28eq	12	t	s	1	0
        1851	int28ne	f	i	t	f	16	21 20	0	0				int28ne	12	t	s	1	0
        1852	int28lt	f	i	t	f	16	21 20	0	0				int28lt	12	t	s	1	0
        1853	int28gt	f	i	t	f	16	21 20	0	0				int28gt	12	t	s	1	0
        1854	int28le	f	i	t	f	16	21 20	0	0				int28le	12	t	s	1	0
        1855	int28ge	f	i	t	f	16	21 20	0	0				int28ge	12	t	s	1	0
        1856	int82eq	f	i	t	f	16	20 21	0	0				int82eq	12	t	s	1	0
        1857	int82ne	f	i	t	f	16	20 21	0	0				int82ne	12	t	s	1	0
        1858	int82lt	f	i	t	f	16	20 21	0	0				int82lt	12	t	s	1	0
        1859	int82gt	f	i	t	f	16	20 21	0	0				int82gt	12	t	s	1	0
        1860	int82le	f	i	t	f	16	20 21	0	0				int82le	12	t	s	1	0
        1861	int82ge	f	i	t	f	16	20 21	0	0				int82ge	12	t	s	1	0
        1892	int2and	f	i	t	f	21	21 21	0	0				int2and	12	f	s	1	0
        1893	int2or	f	i	t	f	21	21 21	0	0				int2or	12	f	s	1	0
        1894	int2xor	f	i	t	f	21	21 21	0	0				int2xor	12	f	s	1	0
        1895	int2not	f	i	t	f	21	21	0	0				int2not	12	f	s	1	0
        1896	int2shl	f	i	t	f	21	21 23	0	0				int2shl	12	f	s	1	0
        1897	int2shr	f	i	t	f	21	21 23	0	0				int2shr	12	f	s	1	0
        1898	int4and	f	i	t	f	23	23 23	0	0				int4and	12	f	s	1	0
        1899	int4or	f	i	t	f	23	23 23	0	0				int4or	12	f	s	1	0
        1900	int4xor	f	i	t	f	23	23 23	0	0				int4xor	12	f	s	1	0
        1901	int4not	f	i	t	f	23	23	0	0				int4not	12	f	s	1	0
        1902	int4shl	f	i	t	f	23	23 23	0	0				int4shl	12	f	s	1	0
        1903	int4shr	f	i	t	f	23	23 23	0	0				int4shr	12	f	s	1	0
        1904	int8and	f	i	t	f	20	20 20	0	0				int8and	12	f	s	1	0
        1905	int8or	f	i	t	f	20	20 20	0	0				int8or	12	f	s	1	0
        1906	int8xor	f	i	t	f	20	20 20	0	0				int8xor	12	f	s	1	0
        1907	int8not	f	i	t	f	20	20	0	0				int8not	12	f	s	1	0
        1908	int8shl	f	i	t	f	20	20 23	0	0				int8shl	12	f	s	1	0
        1909	int8shr	f	i	t	f	20	20 23	0	0				int8shr	12	f	s	1	0
        1910	int8up	f	i	t	f	20	20	0	0				int8up	12	f	s	1	0
        1911	int2up	f	i	t	f	21	21	0	0				int2up	12	f	s	1	0
        1912	int4up	f	i	t	f	23	23	0	0				int4up	12	f	s	1	0
        1913	float4up	f	i	t	f	700	700	0	0				float4up	12	f	s	1	0
        1914	float8up	f	i	t	f	701	701	0	0				float8up	12	f	s	1	0
        1915	numeric_uplus	f	i	t	f	1700	1700	0	0				numeric_uplus	12	f	s	1	0
        1922	has_table_privilege	f	s	t	f	16	19 25 25	0	0				has_table_privilege_name_name	12	f	s	1	0
        1923	has_table_privilege	f	s	t	f	16	19 26 25	0	0				has_table_privilege_name_id	12	f	s	1	0
        1924	has_table_privilege	f	s	t	f	16	26 25 25	0	0				has_table_privilege_id_name	12	f	s	1	0
        1925	has_table_privilege	f	s	t	f	16	26 26 25	0	0				has_table_privilege_id_id	12	f	s	1	0
        1926	has_table_privilege	f	s	t	f	16	25 25	0	0				has_table_privilege_name	12	f	s	1	0
        1927	has_table_privilege	f	s	t	f	16	26 25	0	0				has_table_privilege_id	12	f	s	1	0
        1928	pg_stat_get_numscans	f	s	t	f	20	26	0	0				pg_stat_get_numscans	12	f	r	1	0
        1929	pg_stat_get_tuples_returned	f	s	t	f	20	26	0	0				pg_stat_get_tuples_returned	12	f	r	1	0
        1930	pg_stat_get_tuples_fetched	f	s	t	f	20	26	0	0				pg_stat_get_tuples_fetched	12	f	r	1	0
        1931	pg_stat_get_tuples_inserted	f	s	t	f	20	26	0	0				pg_stat_get_tuples_inserted	12	f	r	1	0
        1932	pg_stat_get_tuples_updated	f	s	t	f	20	26	0	0				pg_stat_get_tuples_updated	12	f	r	1	0
        1933	pg_stat_get_tuples_deleted	f	s	t	f	20	26	0	0				pg_stat_get_tuples_deleted	12	f	r	1	0
        1934	pg_stat_get_blocks_fetched	f	s	t	f	20	26	0	0				pg_stat_get_blocks_fetched	12	f	r	1	0
        1935	pg_stat_get_blocks_hit	f	s	t	f	20	26	0	0				pg_stat_get_blocks_hit	12	f	r	1	0
        1936	pg_stat_get_backend_idset	f	s	t	t	23		0	0				pg_stat_get_backend_idset	12	f	r	1	100
        1937	pg_stat_get_backend_pid	f	s	t	f	23	23	0	0				pg_stat_get_backend_pid	12	f	r	1	0
        1938	pg_stat_get_backend_dbid	f	s	t	f	26	23	0	0				pg_stat_get_backend_dbid	12	f	r	1	0
        1939	pg_stat_get_backend_userid	f	s	t	f	26	23	0	0				pg_stat_get_backend_userid	12	f	r	1	0
        1940	pg_stat_get_backend_activity	f	s	t	f	25	23	0	0				pg_stat_get_backend_activity	12	f	r	1	0
        1941	pg_stat_get_db_numbackends	f	s	t	f	23	26	0	0				pg_stat_get_db_numbackends	12	f	r	1	0
        1942	pg_stat_get_db_xact_commit	f	s	t	f	20	26	0	0				pg_stat_get_db_xact_commit	12	f	r	1	0
        1943	pg_stat_get_db_xact_rollback	f	s	t	f	20	26	0	0				pg_stat_get_db_xact_rollback	12	f	r	1	0
        1944	pg_stat_get_db_blocks_fetched	f	s	t	f	20	26	0	0				pg_stat_get_db_blocks_fetched	12	f	r	1	0
        1945	pg_stat_get_db_blocks_hit	f	s	t	f	20	26	0	0				pg_stat_get_db_blocks_hit	12	f	r	1	0
        1946	encode	f	i	t	f	25	17 25	0	0				binary_encode	12	f	s	1	0
        1947	decode	f	i	t	f	17	25 25	0	0				binary_decode	12	f	s	1	0
        1948	byteaeq	f	i	t	f	16	17 17	0	0				byteaeq	12	t	s	1	0
        1949	bytealt	f	i	t	f	16	17 17	0	0				bytealt	12	t	s	1	0
        1950	byteale	f	i	t	f	16	17 17	0	0				byteale	12	t	s	1	0
        1951	byteagt	f	i	t	f	16	17 17	0	0				byteagt	12	t	s	1	0
        1952	byteage	f	i	t	f	16	17 17	0	0				byteage	12	t	s	1	0
        1953	byteane	f	i	t	f	16	17 17	0	0				byteane	12	t	s	1	0
        1954	byteacmp	f	i	t	f	23	17 17	0	0				byteacmp	12	t	s	1	0
        1961	timestamp	f	i	t	f	1114	1114 23	0	0				timestamp_scale	12	f	s	1	0
        1962	int2_avg_accum	f	i	t	f	1016	1016 21	0	0				int2_avg_accum	12	f	s	1	0
        1963	int4_avg_accum	f	i	t	f	1016	1016 23	0	0				int4_avg_accum	12	f	s	1	0
        1964	int8_avg	f	i	t	f	1700	1016	0	0				int8_avg	12	f	s	1	0
        1965	oidlarger	f	i	t	f	26	26 26	0	0				oidlarger	12	f	s	1	0
        1966	oidsmaller	f	i	t	f	26	26 26	0	0				oidsmaller	12	f	s	1	0
        1967	timestamptz	f	i	t	f	1184	1184 23	0	0				timestamptz_scale	12	f	s	1	0
        1968	time	f	i	t	f	1083	1083 23	0	0				time_scale	12	f	s	1	0
        1969	timetz	f	i	t	f	1266	1266 23	0	0				timetz_scale	12	f	s	1	0
        1972	pg_stat_get_tuples_hot_updated	f	s	t	f	20	26	0	0				pg_stat_get_tuples_hot_updated	12	f	r	1	0
        1973	div	f	i	t	f	1700	1700 1700	0	0				numeric_div_trunc	12	f	s	1	0
        1980	numeric_div_trunc	f	i	t	f	1700	1700 1700	0	0				numeric_div_trunc	12	f	s	1	0
        1986	similar_to_escape	f	i	t	f	25	25 25	0	0				similar_to_escape_2	12	f	s	1	0
        1987	similar_to_escape	f	i	t	f	25	25	0	0				similar_to_escape_1	12	f	s	1	0
        1993	shobj_description	f	s	t	f	25	26 19	0	0					14	f	s	100	0
        2003	textanycat	f	s	t	f	25	25 2776	0	0					14	f	s	1	0
        2004	anytextcat	f	s	t	f	25	2776 25	0	0					14	f	s	1	0
        2005	bytealike	f	i	t	f	16	17 17	0	0				bytealike	12	f	s	1	0
        2006	byteanlike	f	i	t	f	16	17 17	0	0				byteanlike	12	f	s	1	0
        2007	like	f	i	t	f	16	17 17	0	0				bytealike	12	f	s	1	0
        2008	notlike	f	i	t	f	16	17 17	0	0				byteanlike	12	f	s	1	0
        2009	like_escape	f	i	t	f	17	17 17	0	0				like_escape_bytea	12	f	s	1	0
        2010	length	f	i	t	f	23	17	0	0				byteaoctetlen	12	f	s	1	0
        2011	byteacat	f	i	t	f	17	17 17	0	0				byteacat	12	f	s	1	0
        2012	substring	f	i	t	f	17	17 23 23	0	0				bytea_substr	12	f	s	1	0
        2013	substring	f	i	t	f	17	17 23	0	0				bytea_substr_no_len	12	f	s	1	0
        2014	position	f	i	t	f	23	17 17	0	0				byteapos	12	f	s	1	0
        2015	btrim	f	i	t	f	17	17 17	0	0				byteatrim	12	f	s	1	0
        2019	time	f	s	t	f	1083	1184	0	0				timestamptz_time	12	f	s	1	0
        2020	date_trunc	f	i	t	f	1114	25 1114	0	0				timestamp_trunc	12	f	s	1	0
        2021	date_part	f	i	t	f	701	25 1114	0	0				timestamp_part	12	f	s	1	0
        2024	timestamp	f	i	t	f	1114	1082	0	0				date_timestamp	12	f	s	1	0
        2025	timestamp	f	i	t	f	1114	1082 1083	0	0				datetime_timestamp	12	f	s	1	0
        2026	pg_backend_pid	f	s	t	f	23		0	0				pg_backend_pid	12	f	r	1	0
        2027	timestamp	f	s	t	f	1114	1184	0	0				timestamptz_timestamp	12	f	s	1	0
        2028	timestamptz	f	s	t	f	1184	1114	0	0				timestamp_timestamptz	12	f	s	1	0
        2029	date	f	i	t	f	1082	1114	0	0				timestamp_date	12	f	s	1	0
        2031	timestamp_mi	f	i	t	f	1186	1114 1114	0	0				timestamp_mi	12	f	s	1	0
        2032	timestamp_pl_interval	f	i	t	f	1114	1114 1186	0	0				timestamp_pl_interval	12	f	s	1	0
        2033	timestamp_mi_interval	f	i	t	f	1114	1114 1186	0	0				timestamp_mi_interval	12	f	s	1	0
        2034	pg_conf_load_time	f	s	t	f	1184		0	0				pg_conf_load_time	12	f	r	1	0
        2035	timestamp_smaller	f	i	t	f	1114	1114 1114	0	0				timestamp_smaller	12	f	s	1	0
        2036	timestamp_larger	f	i	t	f	1114	1114 1114	0	0				timestamp_larger	12	f	s	1	0
        2037	timezone	f	s	t	f	1266	25 1266	0	0				timetz_zone	12	f	s	1	0
        2038	timezone	f	i	t	f	1266	1186 1266	0	0				timetz_izone	12	f	s	1	0
        2039	timestamp_hash	f	i	t	f	23	1114	0	0				timestamp_hash	12	f	s	1	0
        2041	overlaps	f	i	f	f	16	1114 1114 1114 1114	0	0				overlaps_timestamp	12	f	s	1	0
        2042	overlaps	f	i	f	f	16	1114 1186 1114 1186	0	0					14	f	s	1	0
        2043	overlaps	f	i	f	f	16	1114 1114 1114 1186	0	0					14	f	s	1	0
        2044	overlaps	f	i	f	f	16	1114 1186 1114 1114	0	0					14	f	s	1	0
        2045	timestamp_cmp	f	i	t	f	23	1114 1114	0	0				timestamp_cmp	12	t	s	1	0
        2046	time	f	i	t	f	1083	1266	0	0				timetz_time	12	f	s	1	0
        2047	timetz	f	s	t	f	1266	1083	0	0				time_timetz	12	f	s	1	0
        2048	isfinite	f	i	t	f	16	1114	0	0				timestamp_finite	12	f	s	1	0
        2049	to_char	f	s	t	f	25	1114 25	0	0				timestamp_to_char	12	f	s	1	0
        2050	max	a	i	f	f	2277	2277	0	0				aggregate_dummy	12	f	s	1	0
        2051	min	a	i	f	f	2277	2277	0	0				aggregate_dummy	12	f	s	1	0
        2052	timestamp_eq	f	i	t	f	16	1114 1114	0	0				timestamp_eq	12	t	s	1	0
        2053	timestamp_ne	f	i	t	f	16	1114 1114	0	0				timestamp_ne	12	t	s	1	0
        2054	timestamp_lt	f	i	t	f	16	1114 1114	0	0				timestamp_lt	12	t	s	1	0
        2055	timestamp_le	f	i	t	f	16	1114 1114	0	0				timestamp_le	12	t	s	1	0
        2056	timestamp_ge	f	i	t	f	16	1114 1114	0	0				timestamp_ge	12	t	s	1	0
        2057	timestamp_gt	f	i	t	f	16	1114 1114	0	0				timestamp_gt	12	t	s	1	0
        2058	age	f	i	t	f	1186	1114 1114	0	0				timestamp_age	12	f	s	1	0
        2059	age	f	s	t	f	1186	1114	0	0					14	f	s	1	0
        2069	timezone	f	i	t	f	1184	25 1114	0	0				timestamp_zone	12	f	s	1	0
        2070	timezone	f	i	t	f	1184	1186 1114	0	0				timestamp_izone	12	f	s	1	0
        2071	date_pl_interval	f	i	t	f	1114	1082 1186	0	0				date_pl_interval	12	f	s	1	0
        2072	date_mi_interval	f	i	t	f	1114	1082 1186	0	0				date_mi_interval	12	f	s	1	0
        2073	substring	f	i	t	f	25	25 25	0	0				textregexsubstr	12	f	s	1	0
        2074	substring	f	i	t	f	25	25 25 25	0	0					14	f	s	1	0
        2077	current_setting	f	s	t	f	25	25	0	0				show_config_by_name	12	f	s	1	0
        2078	set_config	f	v	f	f	25	25 25 16	0	0				set_config_by_name	12	f	u	1	0
        2079	pg_table_is_visible	f	s	t	f	16	26	0	0				pg_table_is_visible	12	f	s	10	0
        2080	pg_type_is_visible	f	s	t	f	16	26	0	0				pg_type_is_visible	12	f	s	10	0
        2081	pg_function_is_visible	f	s	t	f	16	26	0	0				pg_function_is_visible	12	f	s	10	0
        2082	pg_operator_is_visible	f	s	t	f	16	26	0	0				pg_operator_is_visible	12	f	s	10	0
        2083	pg_opclass_is_visible	f	s	t	f	16	26	0	0				pg_opclass_is_visible	12	f	s	10	0
        2084	pg_show_all_settings	f	s	t	t	2249		0	0	25 25 25 25 25 25 25 25 25 25 25 1009 25 25 25 23 16	ooooooooooooooooo	name setting unit category short_desc extra_desc context vartype source min_val max_val enumvals boot_val reset_val sourcefile sourceline pending_restart	show_all_settings	12	f	s	1	1000
        2085	substr	f	i	t	f	17	17 23 23	0	0				bytea_substr	12	f	s	1	0
        2086	substr	f	i	t	f	17	17 23	0	0				bytea_substr_no_len	12	f	s	1	0
        2087	replace	f	i	t	f	25	25 25 25	0	0				replace_text	12	f	s	1	0
        2088	split_part	f	i	t	f	25	25 25 23	0	0				split_part	12	f	s	1	0
        2089	to_hex	f	i	t	f	25	23	0	0				to_hex32	12	f	s	1	0
        2090	to_hex	f	i	t	f	25	20	0	0				to_hex64	12	f	s	1	0
        2091	array_lower	f	i	t	f	23	2277 23	0	0				array_lower	12	f	s	1	0
        2092	array_upper	f	i	t	f	23	2277 23	0	0				array_upper	12	f	s	1	0
        2093	pg_conversion_is_visible	f	s	t	f	16	26	0	0				pg_conversion_is_visible	12	f	s	10	0
        2094	pg_stat_get_backend_activity_start	f	s	t	f	1184	23	0	0				pg_stat_get_backend_activity_start	12	f	r	1	0
        2096	pg_terminate_backend	f	v	t	f	16	23 20	0	1			pid timeout	pg_terminate_backend	12	f	s	1	0
        2098	pg_get_functiondef	f	s	t	f	25	26	0	0				pg_get_functiondef	12	f	s	1	0
        2100	avg	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2101	avg	a	i	f	f	1700	23	0	0				aggregate_dummy	12	f	s	1	0
        2102	avg	a	i	f	f	1700	21	0	0				aggregate_dummy	12	f	s	1	0
        2103	avg	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2104	avg	a	i	f	f	701	700	0	0				aggregate_dummy	12	f	s	1	0
        2105	avg	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2106	avg	a	i	f	f	1186	1186	0	0				aggregate_dummy	12	f	s	1	0
        2107	sum	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2108	sum	a	i	f	f	20	23	0	0				aggregate_dummy	12	f	s	1	0
        2109	sum	a	i	f	f	20	21	0	0				aggregate_dummy	12	f	s	1	0
        2110	sum	a	i	f	f	700	700	0	0				aggregate_dummy	12	f	s	1	0
        2111	sum	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2113	sum	a	i	f	f	1186	1186	0	0				aggregate_dummy	12	f	s	1	0
        2114	sum	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2115	max	a	i	f	f	20	20	0	0				aggregate_dummy	12	f	s	1	0
        2116	max	a	i	f	f	23	23	0	0				aggregate_dummy	12	f	s	1	0
        2117	max	a	i	f	f	21	21	0	0				aggregate_dummy	12	f	s	1	0
        2118	max	a	i	f	f	26	26	0	0				aggregate_dummy	12	f	s	1	0
        2119	max	a	i	f	f	700	700	0	0				aggregate_dummy	12	f	s	1	0
        2120	max	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2121	pg_column_compression	f	s	t	f	25	2276	0	0				pg_column_compression	12	f	s	1	0
        2122	max	a	i	f	f	1082	1082	0	0				aggregate_dummy	12	f	s	1	0
        2123	max	a	i	f	f	1083	1083	0	0				aggregate_dummy	12	f	s	1	0
        2124	max	a	i	f	f	1266	1266	0	0				aggregate_dummy	12	f	s	1	0
        2126	max	a	i	f	f	1114	1114	0	0				aggregate_dummy	12	f	s	1	0
        2127	max	a	i	f	f	1184	1184	0	0				aggregate_dummy	12	f	s	1	0
        2128	max	a	i	f	f	1186	1186	0	0				aggregate_dummy	12	f	s	1	0
        2129	max	a	i	f	f	25	25	0	0				aggregate_dummy	12	f	s	1	0
        2130	max	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2131	min	a	i	f	f	20	20	0	0				aggregate_dummy	12	f	s	1	0
        2132	min	a	i	f	f	23	23	0	0				aggregate_dummy	12	f	s	1	0
        2133	min	a	i	f	f	21	21	0	0				aggregate_dummy	12	f	s	1	0
        2134	min	a	i	f	f	26	26	0	0				aggregate_dummy	12	f	s	1	0
        2135	min	a	i	f	f	700	700	0	0				aggregate_dummy	12	f	s	1	0
        2136	min	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2137	pg_stat_force_next_flush	f	v	f	f	2278		0	0				pg_stat_force_next_flush	12	f	r	1	0
        2138	min	a	i	f	f	1082	1082	0	0				aggregate_dummy	12	f	s	1	0
        2139	min	a	i	f	f	1083	1083	0	0				aggregate_dummy	12	f	s	1	0
        2140	min	a	i	f	f	1266	1266	0	0				aggregate_dummy	12	f	s	1	0
        2142	min	a	i	f	f	1114	1114	0	0				aggregate_dummy	12	f	s	1	0
        2143	min	a	i	f	f	1184	1184	0	0				aggregate_dummy	12	f	s	1	0
        2144	min	a	i	f	f	1186	1186	0	0				aggregate_dummy	12	f	s	1	0
        2145	min	a	i	f	f	25	25	0	0				aggregate_dummy	12	f	s	1	0
        2146	min	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2147	count	a	i	f	f	20	2276	0	0				aggregate_dummy	12	f	s	1	0
        2148	variance	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2149	variance	a	i	f	f	1700	23	0	0				aggregate_dummy	12	f	s	1	0
        2150	variance	a	i	f	f	1700	21	0	0				aggregate_dummy	12	f	s	1	0
        2151	variance	a	i	f	f	701	700	0	0				aggregate_dummy	12	f	s	1	0
        2152	variance	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2153	variance	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2154	stddev	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2155	stddev	a	i	f	f	1700	23	0	0				aggregate_dummy	12	f	s	1	0
        2156	stddev	a	i	f	f	1700	21	0	0				aggregate_dummy	12	f	s	1	0
        2157	stddev	a	i	f	f	701	700	0	0				aggregate_dummy	12	f	s	1	0
        2158	stddev	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2159	stddev	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2160	text_pattern_lt	f	i	t	f	16	25 25	0	0				text_pattern_lt	12	t	s	1	0
        2161	text_pattern_le	f	i	t	f	16	25 25	0	0				text_pattern_le	12	t	s	1	0
        2162	pg_get_function_arguments	f	s	t	f	25	26	0	0				pg_get_function_arguments	12	f	s	1	0
        2163	text_pattern_ge	f	i	t	f	16	25 25	0	0				text_pattern_ge	12	t	s	1	0
        2164	text_pattern_gt	f	i	t	f	16	25 25	0	0				text_pattern_gt	12	t	s	1	0
        2165	pg_get_function_result	f	s	t	f	25	26	0	0				pg_get_function_result	12	f	s	1	0
        2166	bttext_pattern_cmp	f	i	t	f	23	25 25	0	0				bttext_pattern_cmp	12	t	s	1	0
        2167	ceiling	f	i	t	f	1700	1700	0	0				numeric_ceil	12	f	s	1	0
        2168	pg_database_size	f	v	t	f	20	19	0	0				pg_database_size_name	12	f	s	1	0
        2169	power	f	i	t	f	1700	1700 1700	0	0				numeric_power	12	f	s	1	0
        2170	width_bucket	f	i	t	f	23	1700 1700 1700 23	0	0				width_bucket_numeric	12	f	s	1	0
        2171	pg_cancel_backend	f	v	t	f	16	23	0	0				pg_cancel_backend	12	f	s	1	0
        2172	pg_backup_start	f	v	t	f	3220	25 16	0	1			label fast	pg_backup_start	12	f	r	1	0
        2174	bpchar_pattern_lt	f	i	t	f	16	1042 1042	0	0				bpchar_pattern_lt	12	t	s	1	0
        2175	bpchar_pattern_le	f	i	t	f	16	1042 1042	0	0				bpchar_pattern_le	12	t	s	1	0
        2176	array_length	f	i	t	f	23	2277 23	0	0				array_length	12	f	s	1	0
        2177	bpchar_pattern_ge	f	i	t	f	16	1042 1042	0	0				bpchar_pattern_ge	12	t	s	1	0
        2178	bpchar_pattern_gt	f	i	t	f	16	1042 1042	0	0				bpchar_pattern_gt	12	t	s	1	0
        2180	btbpchar_pattern_cmp	f	i	t	f	23	1042 1042	0	0				btbpchar_pattern_cmp	12	t	s	1	0
        2181	has_sequence_privilege	f	s	t	f	16	19 25 25	0	0				has_sequence_privilege_name_name	12	f	s	1	0
        2182	has_sequence_privilege	f	s	t	f	16	19 26 25	0	0				has_sequence_privilege_name_id	12	f	s	1	0
        2183	has_sequence_privilege	f	s	t	f	16	26 25 25	0	0				has_sequence_privilege_id_name	12	f	s	1	0
        2184	has_sequence_privilege	f	s	t	f	16	26 26 25	0	0				has_sequence_privilege_id_id	12	f	s	1	0
        2185	has_sequence_privilege	f	s	t	f	16	25 25	0	0				has_sequence_privilege_name	12	f	s	1	0
        2186	has_sequence_privilege	f	s	t	f	16	26 25	0	0				has_sequence_privilege_id	12	f	s	1	0
        2188	btint48cmp	f	i	t	f	23	23 20	0	0				btint48cmp	12	t	s	1	0
        2189	btint84cmp	f	i	t	f	23	20 23	0	0				btint84cmp	12	t	s	1	0
        2190	btint24cmp	f	i	t	f	23	21 23	0	0				btint24cmp	12	t	s	1	0
        2191	btint42cmp	f	i	t	f	23	23 21	0	0				btint42cmp	12	t	s	1	0
        2192	btint28cmp	f	i	t	f	23	21 20	0	0				btint28cmp	12	t	s	1	0
        2193	btint82cmp	f	i	t	f	23	20 21	0	0				btint82cmp	12	t	s	1	0
        2194	btfloat48cmp	f	i	t	f	23	700 701	0	0				btfloat48cmp	12	t	s	1	0
        2195	btfloat84cmp	f	i	t	f	23	701 700	0	0				btfloat84cmp	12	t	s	1	0
        2197	inet_client_port	f	s	f	f	23		0	0				inet_client_port	12	f	r	1	0
        2199	inet_server_port	f	s	f	f	23		0	0				inet_server_port	12	f	r	1	0
        2212	regprocedurein	f	s	t	f	2202	2275	0	0				regprocedurein	12	f	s	1	0
        2213	regprocedureout	f	s	t	f	2275	2202	0	0				regprocedureout	12	f	s	1	0
        2214	regoperin	f	s	t	f	2203	2275	0	0				regoperin	12	f	s	1	0
        2215	regoperout	f	s	t	f	2275	2203	0	0				regoperout	12	f	s	1	0
        2216	regoperatorin	f	s	t	f	2204	2275	0	0				regoperatorin	12	f	s	1	0
        2217	regoperatorout	f	s	t	f	2275	2204	0	0				regoperatorout	12	f	s	1	0
        2218	regclassin	f	s	t	f	2205	2275	0	0				regclassin	12	f	s	1	0
        2219	regclassout	f	s	t	f	2275	2205	0	0				regclassout	12	f	s	1	0
        2220	regtypein	f	s	t	f	2206	2275	0	0				regtypein	12	f	s	1	0
        2221	regtypeout	f	s	t	f	2275	2206	0	0				regtypeout	12	f	s	1	0
        2230	pg_stat_clear_snapshot	f	v	f	f	2278		0	0				pg_stat_clear_snapshot	12	f	r	1	0
        2232	pg_get_function_identity_arguments	f	s	t	f	25	26	0	0				pg_get_function_identity_arguments	12	f	s	1	0
        2233	hashtid	f	i	t	f	23	27	0	0				hashtid	12	f	s	1	0
        2234	hashtidextended	f	i	t	f	20	27 20	0	0				hashtidextended	12	f	s	1	0
        2236	bit_and	a	i	f	f	21	21	0	0				aggregate_dummy	12	f	s	1	0
        2237	bit_or	a	i	f	f	21	21	0	0				aggregate_dummy	12	f	s	1	0
        2238	bit_and	a	i	f	f	23	23	0	0				aggregate_dummy	12	f	s	1	0
        2239	bit_or	a	i	f	f	23	23	0	0				aggregate_dummy	12	f	s	1	0
        2240	bit_and	a	i	f	f	20	20	0	0				aggregate_dummy	12	f	s	1	0
        2241	bit_or	a	i	f	f	20	20	0	0				aggregate_dummy	12	f	s	1	0
        2244	max	a	i	f	f	1042	1042	0	0				aggregate_dummy	12	f	s	1	0
        2245	min	a	i	f	f	1042	1042	0	0				aggregate_dummy	12	f	s	1	0
        2246	fmgr_internal_validator	f	s	t	f	2278	26	0	0				fmgr_internal_validator	12	f	s	1	0
        2247	fmgr_c_validator	f	s	t	f	2278	26	0	0				fmgr_c_validator	12	f	s	1	0
        2248	fmgr_sql_validator	f	s	t	f	2278	26	0	0				fmgr_sql_validator	12	f	s	1	0
        2250	has_database_privilege	f	s	t	f	16	19 25 25	0	0				has_database_privilege_name_name	12	f	s	1	0
        2251	has_database_privilege	f	s	t	f	16	19 26 25	0	0				has_database_privilege_name_id	12	f	s	1	0
        2252	has_database_privilege	f	s	t	f	16	26 25 25	0	0				has_database_privilege_id_name	12	f	s	1	0
        2253	has_database_privilege	f	s	t	f	16	26 26 25	0	0				has_database_privilege_id_id	12	f	s	1	0
        2254	has_database_privilege	f	s	t	f	16	25 25	0	0				has_database_privilege_name	12	f	s	1	0
        2255	has_database_privilege	f	s	t	f	16	26 25	0	0				has_database_privilege_id	12	f	s	1	0
        2256	has_function_privilege	f	s	t	f	16	19 25 25	0	0				has_function_privilege_name_name	12	f	s	1	0
        2257	has_function_privilege	f	s	t	f	16	19 26 25	0	0				has_function_privilege_name_id	12	f	s	1	0
        2258	has_function_privilege	f	s	t	f	16	26 25 25	0	0				has_function_privilege_id_name	12	f	s	1	0
        2259	has_function_privilege	f	s	t	f	16	26 26 25	0	0				has_function_privilege_id_id	12	f	s	1	0
        2260	has_function_privilege	f	s	t	f	16	25 25	0	0				has_function_privilege_name	12	f	s	1	0
        2261	has_function_privilege	f	s	t	f	16	26 25	0	0				has_function_privilege_id	12	f	s	1	0
        2262	has_language_privilege	f	s	t	f	16	19 25 25	0	0				has_language_privilege_name_name	12	f	s	1	0
        2263	has_language_privilege	f	s	t	f	16	19 26 25	0	0				has_language_privilege_name_id	12	f	s	1	0
        2264	has_language_privilege	f	s	t	f	16	26 25 25	0	0				has_language_privilege_id_name	12	f	s	1	0
        2265	has_language_privilege	f	s	t	f	16	26 26 25	0	0				has_language_privilege_id_id	12	f	s	1	0
        2266	has_language_privilege	f	s	t	f	16	25 25	0	0				has_language_privilege_name	12	f	s	1	0
        2267	has_language_privilege	f	s	t	f	16	26 25	0	0				has_language_privilege_id	12	f	s	1	0
        2268	has_schema_privilege	f	s	t	f	16	19 25 25	0	0				has_schema_privilege_name_name	12	f	s	1	0
        2269	has_schema_privilege	f	s	t	f	16	19 26 25	0	0				has_schema_privilege_name_id	12	f	s	1	0
        2270	has_schema_privilege	f	s	t	f	16	26 25 25	0	0				has_schema_privilege_id_name	12	f	s	1	0
        2271	has_schema_privilege	f	s	t	f	16	26 26 25	0	0				has_schema_privilege_id_id	12	f	s	1	0
        2272	has_schema_privilege	f	s	t	f	16	25 25	0	0				has_schema_privilege_name	12	f	s	1	0
        2273	has_schema_privilege	f	s	t	f	16	26 25	0	0				has_schema_privilege_id	12	f	s	1	0
        2274	pg_stat_reset	f	v	f	f	2278		0	0				pg_stat_reset	12	f	s	1	0
        2282	pg_get_backend_memory_contexts	f	v	t	t	2249		0	0	25 25 25 23 20 20 20 20 20	ooooooooo	name ident parent level total_bytes total_nblocks free_bytes free_chunks used_bytes	pg_get_backend_memory_contexts	12	f	r	1	100
        2284	regexp_replace	f	i	t	f	25	25 25 25	0	0				textregexreplace_noopt	12	f	s	1	0
        2285	regexp_replace	f	i	t	f	25	25 25 25 25	0	0				textregexreplace	12	f	s	1	0
        2286	pg_total_relation_size	f	v	t	f	20	2205	0	0				pg_total_relation_size	12	f	s	1	0
        2288	pg_size_pretty	f	i	t	f	25	20	0	0				pg_size_pretty	12	f	s	1	0
        2289	pg_options_to_table	f	s	t	t	2249	1009	0	0	1009 25 25	ioo	options_array option_name option_value	pg_options_to_table	12	f	s	1	3
        2290	record_in	f	s	t	f	2249	2275 26 23	0	0				record_in	12	f	s	1	0
        2291	record_out	f	s	t	f	2275	2249	0	0				record_out	12	f	s	1	0
        2292	cstring_in	f	i	t	f	2275	2275	0	0				cstring_in	12	f	s	1	0
        2293	cstring_out	f	i	t	f	2275	2275	0	0				cstring_out	12	f	s	1	0
        2294	any_in	f	i	t	f	2276	2275	0	0				any_in	12	f	s	1	0
        2295	any_out	f	i	t	f	2275	2276	0	0				any_out	12	f	s	1	0
        2296	anyarray_in	f	i	t	f	2277	2275	0	0				anyarray_in	12	f	s	1	0
        2297	anyarray_out	f	s	t	f	2275	2277	0	0				anyarray_out	12	f	s	1	0
        2298	void_in	f	i	t	f	2278	2275	0	0				void_in	12	f	s	1	0
        2299	void_out	f	i	t	f	2275	2278	0	0				void_out	12	f	s	1	0
        2300	trigger_in	f	i	f	f	2279	2275	0	0				trigger_in	12	f	s	1	0
        2301	trigger_out	f	i	t	f	2275	2279	0	0				trigger_out	12	f	s	1	0
        2302	language_handler_in	f	i	f	f	2280	2275	0	0				language_handler_in	12	f	s	1	0
        2303	language_handler_out	f	i	t	f	2275	2280	0	0				language_handler_out	12	f	s	1	0
        2304	internal_in	f	i	f	f	2281	2275	0	0				internal_in	12	f	s	1	0
        2305	internal_out	f	i	t	f	2275	2281	0	0				internal_out	12	f	s	1	0
        2306	pg_stat_get_slru	f	s	f	t	2249		0	0	25 20 20 20 20 20 20 20 1184	ooooooooo	name blks_zeroed blks_hit blks_read blks_written blks_exists flushes truncates stats_reset	pg_stat_get_slru	12	f	r	1	100
        2307	pg_stat_reset_slru	f	v	f	f	2278	25	0	0				pg_stat_reset_slru	12	f	s	1	0
        2308	ceil	f	i	t	f	701	701	0	0				dceil	12	f	s	1	0
        2309	floor	f	i	t	f	701	701	0	0				dfloor	12	f	s	1	0
        2310	sign	f	i	t	f	701	701	0	0				dsign	12	f	s	1	0
        2311	md5	f	i	t	f	25	25	0	0				md5_text	12	t	s	1	0
        2312	anyelement_in	f	i	t	f	2283	2275	0	0				anyelement_in	12	f	s	1	0
        2313	anyelement_out	f	i	t	f	2275	2283	0	0				anyelement_out	12	f	s	1	0
        2316	postgresql_fdw_validator	f	i	t	f	16	1009 26	0	0				postgresql_fdw_validator	12	f	s	1	0
        2319	pg_encoding_max_length	f	i	t	f	23	23	0	0				pg_encoding_max_length_sql	12	f	s	1	0
        2320	ceiling	f	i	t	f	701	701	0	0				dceil	12	f	s	1	0
        2321	md5	f	i	t	f	25	17	0	0				md5_bytea	12	t	s	1	0
        2322	pg_tablespace_size	f	v	t	f	20	26	0	0				pg_tablespace_size_oid	12	f	s	1	0
        2323	pg_tablespace_size	f	v	t	f	20	19	0	0				pg_tablespace_size_name	12	f	s	1	0
        2324	pg_database_size	f	v	t	f	20	26	0	0				pg_database_size_oid	12	f	s	1	0
        2325	pg_relation_size	f	v	t	f	20	2205	0	0					14	f	s	1	0
        2331	unnest	f	i	t	t	2283	2277	0	0				array_unnest	12	f	s	1	100
        2332	pg_relation_size	f	v	t	f	20	2205 25	0	0				pg_relation_size	12	f	s	1	0
        2333	array_agg_transfn	f	i	f	f	2281	2281 2776	0	0				array_agg_transfn	12	f	s	1	0
        2334	array_agg_finalfn	f	i	f	f	2277	2281 2776	0	0				array_agg_finalfn	12	f	s	1	0
        2335	array_agg	a	i	f	f	2277	2776	0	0				aggregate_dummy	12	f	s	1	0
        2338	date_lt_timestamp	f	i	t	f	16	1082 1114	0	0				date_lt_timestamp	12	f	s	1	0
        2339	date_le_timestamp	f	i	t	f	16	1082 1114	0	0				date_le_timestamp	12	f	s	1	0
        2340	date_eq_timestamp	f	i	t	f	16	1082 1114	0	0				date_eq_timestamp	12	f	s	1	0
        2341	date_gt_timestamp	f	i	t	f	16	1082 1114	0	0				date_gt_timestamp	12	f	s	1	0
        2342	date_ge_timestamp	f	i	t	f	16	1082 1114	0	0				date_ge_timestamp	12	f	s	1	0
        2343	date_ne_timestamp	f	i	t	f	16	1082 1114	0	0				date_ne_timestamp	12	f	s	1	0
        2344	date_cmp_timestamp	f	i	t	f	23	1082 1114	0	0				date_cmp_timestamp	12	f	s	1	0
        2351	date_lt_timestamptz	f	s	t	f	16	1082 1184	0	0				date_lt_timestamptz	12	f	s	1	0
        2352	date_le_timestamptz	f	s	t	f	16	1082 1184	0	0				date_le_timestamptz	12	f	s	1	0
        2353	date_eq_timestamptz	f	s	t	f	16	1082 1184	0	0				date_eq_timestamptz	12	f	s	1	0
        2354	date_gt_timestamptz	f	s	t	f	16	1082 1184	0	0				date_gt_timestamptz	12	f	s	1	0
        2355	date_ge_timestamptz	f	s	t	f	16	1082 1184	0	0				date_ge_timestamptz	12	f	s	1	0
        2356	date_ne_timestamptz	f	s	t	f	16	1082 1184	0	0				date_ne_timestamptz	12	f	s	1	0
        2357	date_cmp_timestamptz	f	s	t	f	23	1082 1184	0	0				date_cmp_timestamptz	12	f	s	1	0
        2364	timestamp_lt_date	f	i	t	f	16	1114 1082	0	0				timestamp_lt_date	12	f	s	1	0
        2365	timestamp_le_date	f	i	t	f	16	1114 1082	0	0				timestamp_le_date	12	f	s	1	0
        2366	timestamp_eq_date	f	i	t	f	16	1114 1082	0	0				timestamp_eq_date	12	f	s	1	0
        2367	timestamp_gt_date	f	i	t	f	16	1114 1082	0	0				timestamp_gt_date	12	f	s	1	0
        2368	timestamp_ge_date	f	i	t	f	16	1114 1082	0	0				timestamp_ge_date	12	f	s	1	0
        2369	timestamp_ne_date	f	i	t	f	16	1114 1082	0	0				timestamp_ne_date	12	f	s	1	0
        2370	timestamp_cmp_date	f	i	t	f	23	1114 1082	0	0				timestamp_cmp_date	12	f	s	1	0
        2377	timestamptz_lt_date	f	s	t	f	16	1184 1082	0	0				timestamptz_lt_date	12	f	s	1	0
        2378	timestamptz_le_date	f	s	t	f	16	1184 1082	0	0				timestamptz_le_date	12	f	s	1	0
        2379	timestamptz_eq_date	f	s	t	f	16	1184 1082	0	0				timestamptz_eq_date	12	f	s	1	0
        2380	timestamptz_gt_date	f	s	t	f	16	1184 1082	0	0				timestamptz_gt_date	12	f	s	1	0
        2381	timestamptz_ge_date	f	s	t	f	16	1184 1082	0	0				timestamptz_ge_date	12	f	s	1	0
        2382	timestamptz_ne_date	f	s	t	f	16	1184 1082	0	0				timestamptz_ne_date	12	f	s	1	0
        2383	timestamptz_cmp_date	f	s	t	f	23	1184 1082	0	0				timestamptz_cmp_date	12	f	s	1	0
        2390	has_tablespace_privilege	f	s	t	f	16	19 25 25	0	0				has_tablespace_privilege_name_name	12	f	s	1	0
        2391	has_tablespace_privilege	f	s	t	f	16	19 26 25	0	0				has_tablespace_privilege_name_id	12	f	s	1	0
        2392	has_tablespace_privilege	f	s	t	f	16	26 25 25	0	0				has_tablespace_privilege_id_name	12	f	s	1	0
        2393	has_tablespace_privilege	f	s	t	f	16	26 26 25	0	0				has_tablespace_privilege_id_id	12	f	s	1	0
        2394	has_tablespace_privilege	f	s	t	f	16	25 25	0	0				has_tablespace_privilege_name	12	f	s	1	0
        2395	has_tablespace_privilege	f	s	t	f	16	26 25	0	0				has_tablespace_privilege_id	12	f	s	1	0
        2398	shell_in	f	i	f	f	2278	2275	0	0				shell_in	12	f	s	1	0
        2399	shell_out	f	i	t	f	2275	2278	0	0				shell_out	12	f	s	1	0
        2400	array_recv	f	s	t	f	2277	2281 26 23	0	0				array_recv	12	f	s	1	0
        2401	array_send	f	s	t	f	17	2277	0	0				array_send	12	f	s	1	0
        2402	record_recv	f	s	t	f	2249	2281 26 23	0	0				record_recv	12	f	s	1	0
        2403	record_send	f	s	t	f	17	2249	0	0				record_send	12	f	s	1	0
        2404	int2recv	f	i	t	f	21	2281	0	0				int2recv	12	f	s	1	0
        2405	int2send	f	i	t	f	17	21	0	0				int2send	12	f	s	1	0
        2406	int4recv	f	i	t	f	23	2281	0	0				int4recv	12	f	s	1	0
        2407	int4send	f	i	t	f	17	23	0	0				int4send	12	f	s	1	0
        2408	int8recv	f	i	t	f	20	2281	0	0				int8recv	12	f	s	1	0
        2409	int8send	f	i	t	f	17	20	0	0				int8send	12	f	s	1	0
        2410	int2vectorrecv	f	i	t	f	22	2281	0	0				int2vectorrecv	12	f	s	1	0
        2411	int2vectorsend	f	i	t	f	17	22	0	0				int2vectorsend	12	f	s	1	0
        2412	bytearecv	f	i	t	f	17	2281	0	0				bytearecv	12	f	s	1	0
        2413	byteasend	f	i	t	f	17	17	0	0				byteasend	12	f	s	1	0
        2414	textrecv	f	s	t	f	25	2281	0	0				textrecv	12	f	s	1	0
        2415	textsend	f	s	t	f	17	25	0	0				textsend	12	f	s	1	0
        2416	unknownrecv	f	i	t	f	705	2281	0	0				unknownrecv	12	f	s	1	0
        2417	unknownsend	f	i	t	f	17	705	0	0				unknownsend	12	f	s	1	0
        2418	oidrecv	f	i	t	f	26	2281	0	0				oidrecv	12	f	s	1	0
        2419	oidsend	f	i	t	f	17	26	0	0				oidsend	12	f	s	1	0
        2420	oidvectorrecv	f	i	t	f	30	2281	0	0				oidvectorrecv	12	f	s	1	0
        2421	oidvectorsend	f	i	t	f	17	30	0	0				oidvectorsend	12	f	s	1	0
        2422	namerecv	f	s	t	f	19	2281	0	0				namerecv	12	f	s	1	0
        2423	namesend	f	s	t	f	17	19	0	0				namesend	12	f	s	1	0
        2424	float4recv	f	i	t	f	700	2281	0	0				float4recv	12	f	s	1	0
        2425	float4send	f	i	t	f	17	700	0	0				float4send	12	f	s	1	0
        2426	float8recv	f	i	t	f	701	2281	0	0				float8recv	12	f	s	1	0
        2427	float8send	f	i	t	f	17	701	0	0				float8send	12	f	s	1	0
        2430	bpcharrecv	f	s	t	f	1042	2281 26 23	0	0				bpcharrecv	12	f	s	1	0
        2431	bpcharsend	f	s	t	f	17	1042	0	0				bpcharsend	12	f	s	1	0
        2432	varcharrecv	f	s	t	f	1043	2281 26 23	0	0				varcharrecv	12	f	s	1	0
        2433	varcharsend	f	s	t	f	17	1043	0	0				varcharsend	12	f	s	1	0
        2434	charrecv	f	i	t	f	18	2281	0	0				charrecv	12	f	s	1	0
        2435	charsend	f	i	t	f	17	18	0	0				charsend	12	f	s	1	0
        2436	boolrecv	f	i	t	f	16	2281	0	0				boolrecv	12	f	s	1	0
        2437	boolsend	f	i	t	f	17	16	0	0				boolsend	12	f	s	1	0
        2438	tidrecv	f	i	t	f	27	2281	0	0				tidrecv	12	f	s	1	0
        2439	tidsend	f	i	t	f	17	27	0	0				tidsend	12	f	s	1	0
        2440	xidrecv	f	i	t	f	28	2281	0	0				xidrecv	12	f	s	1	0
        2441	xidsend	f	i	t	f	17	28	0	0				xidsend	12	f	s	1	0
        2442	cidrecv	f	i	t	f	29	2281	0	0				cidrecv	12	f	s	1	0
        2443	cidsend	f	i	t	f	17	29	0	0				cidsend	12	f	s	1	0
        2444	regprocrecv	f	i	t	f	24	2281	0	0				regprocrecv	12	f	s	1	0
        2445	regprocsend	f	i	t	f	17	24	0	0				regprocsend	12	f	s	1	0
        2446	regprocedurerecv	f	i	t	f	2202	2281	0	0				regprocedurerecv	12	f	s	1	0
        2447	regproceduresend	f	i	t	f	17	2202	0	0				regproceduresend	12	f	s	1	0
        2448	regoperrecv	f	i	t	f	2203	2281	0	0				regoperrecv	12	f	s	1	0
        2449	regopersend	f	i	t	f	17	2203	0	0				regopersend	12	f	s	1	0
        2450	regoperatorrecv	f	i	t	f	2204	2281	0	0				regoperatorrecv	12	f	s	1	0
        2451	regoperatorsend	f	i	t	f	17	2204	0	0				regoperatorsend	12	f	s	1	0
        2452	regclassrecv	f	i	t	f	2205	2281	0	0				regclassrecv	12	f	s	1	0
        2453	regclasssend	f	i	t	f	17	2205	0	0				regclasssend	12	f	s	1	0
        2454	regtyperecv	f	i	t	f	2206	2281	0	0				regtyperecv	12	f	s	1	0
        2455	regtypesend	f	i	t	f	17	2206	0	0				regtypesend	12	f	s	1	0
        2460	numeric_recv	f	i	t	f	1700	2281 26 23	0	0				numeric_recv	12	f	s	1	0
        2461	numeric_send	f	i	t	f	17	1700	0	0				numeric_send	12	f	s	1	0
        2462	sinh	f	i	t	f	701	701	0	0				dsinh	12	f	s	1	0
        2463	cosh	f	i	t	f	701	701	0	0				dcosh	12	f	s	1	0
        2464	tanh	f	i	t	f	701	701	0	0				dtanh	12	f	s	1	0
        2465	asinh	f	i	t	f	701	701	0	0				dasinh	12	f	s	1	0
        2466	acosh	f	i	t	f	701	701	0	0				dacosh	12	f	s	1	0
        2467	atanh	f	i	t	f	701	701	0	0				datanh	12	f	s	1	0
        2468	date_recv	f	i	t	f	1082	2281	0	0				date_recv	12	f	s	1	0
        2469	date_send	f	i	t	f	17	1082	0	0				date_send	12	f	s	1	0
        2470	time_recv	f	i	t	f	1083	2281 26 23	0	0				time_recv	12	f	s	1	0
        2471	time_send	f	i	t	f	17	1083	0	0				time_send	12	f	s	1	0
        2472	timetz_recv	f	i	t	f	1266	2281 26 23	0	0				timetz_recv	12	f	s	1	0
        2473	timetz_send	f	i	t	f	17	1266	0	0				timetz_send	12	f	s	1	0
        2474	timestamp_recv	f	i	t	f	1114	2281 26 23	0	0				timestamp_recv	12	f	s	1	0
        2475	timestamp_send	f	i	t	f	17	1114	0	0				timestamp_send	12	f	s	1	0
        2476	timestamptz_recv	f	i	t	f	1184	2281 26 23	0	0				timestamptz_recv	12	f	s	1	0
        2477	timestamptz_send	f	i	t	f	17	1184	0	0				timestamptz_send	12	f	s	1	0
        2478	interval_recv	f	i	t	f	1186	2281 26 23	0	0				interval_recv	12	f	s	1	0
        2479	interval_send	f	i	t	f	17	1186	0	0				interval_send	12	f	s	1	0
        2500	cstring_recv	f	s	t	f	2275	2281	0	0				cstring_recv	12	f	s	1	0
        2501	cstring_send	f	s	t	f	17	2275	0	0				cstring_send	12	f	s	1	0
        2502	anyarray_recv	f	s	t	f	2277	2281	0	0				anyarray_recv	12	f	s	1	0
        2503	anyarray_send	f	s	t	f	17	2277	0	0				anyarray_send	12	f	s	1	0
        2504	pg_get_ruledef	f	s	t	f	25	26 16	0	0				pg_get_ruledef_ext	12	f	s	1	0
        2505	pg_get_viewdef	f	s	t	f	25	25 16	0	0				pg_get_viewdef_name_ext	12	f	r	1	0
        2506	pg_get_viewdef	f	s	t	f	25	26 16	0	0				pg_get_viewdef_ext	12	f	r	1	0
        2507	pg_get_indexdef	f	s	t	f	25	26 23 16	0	0				pg_get_indexdef_ext	12	f	s	1	0
        2508	pg_get_constraintdef	f	s	t	f	25	26 16	0	0				pg_get_constraintdef_ext	12	f	s	1	0
        2509	pg_get_expr	f	s	t	f	25	194 26 16	0	0				pg_get_expr_ext	12	f	s	1	0
        2510	pg_prepared_statement	f	s	t	t	2249		0	0	25 25 1184 2211 16 20 20	ooooooo	name statement prepare_time parameter_types from_sql generic_plans custom_plans	pg_prepared_statement	12	f	r	1	1000
        2511	pg_cursor	f	s	t	t	2249		0	0	25 25 16 16 16 1184	oooooo	name statement is_holdable is_binary is_scrollable creation_time	pg_cursor	12	f	r	1	1000
        2512	float8_var_pop	f	i	t	f	701	1022	0	0				float8_var_pop	12	f	s	1	0
        2513	float8_stddev_pop	f	i	t	f	701	1022	0	0				float8_stddev_pop	12	f	s	1	0
        2514	numeric_var_pop	f	i	f	f	1700	2281	0	0				numeric_var_pop	12	f	s	1	0
        2515	booland_statefunc	f	i	t	f	16	16 16	0	0				booland_statefunc	12	f	s	1	0
        2516	boolor_statefunc	f	i	t	f	16	16 16	0	0				boolor_statefunc	12	f	s	1	0
        2517	bool_and	a	i	f	f	16	16	0	0				aggregate_dummy	12	f	s	1	0
        2518	bool_or	a	i	f	f	16	16	0	0				aggregate_dummy	12	f	s	1	0
        2519	every	a	i	f	f	16	16	0	0				aggregate_dummy	12	f	s	1	0
        2520	timestamp_lt_timestamptz	f	s	t	f	16	1114 1184	0	0				timestamp_lt_timestamptz	12	f	s	1	0
        2521	timestamp_le_timestamptz	f	s	t	f	16	1114 1184	0	0				timestamp_le_timestamptz	12	f	s	1	0
        2522	timestamp_eq_timestamptz	f	s	t	f	16	1114 1184	0	0				timestamp_eq_timestamptz	12	f	s	1	0
        2523	timestamp_gt_timestamptz	f	s	t	f	16	1114 1184	0	0				timestamp_gt_timestamptz	12	f	s	1	0
        2524	timestamp_ge_timestamptz	f	s	t	f	16	1114 1184	0	0				timestamp_ge_timestamptz	12	f	s	1	0
        2525	timestamp_ne_timestamptz	f	s	t	f	16	1114 1184	0	0				timestamp_ne_timestamptz	12	f	s	1	0
        2526	timestamp_cmp_timestamptz	f	s	t	f	23	1114 1184	0	0				timestamp_cmp_timestamptz	12	f	s	1	0
        2527	timestamptz_lt_timestamp	f	s	t	f	16	1184 1114	0	0				timestamptz_lt_timestamp	12	f	s	1	0
        2528	timestamptz_le_timestamp	f	s	t	f	16	1184 1114	0	0				timestamptz_le_timestamp	12	f	s	1	0
        2529	timestamptz_eq_timestamp	f	s	t	f	16	1184 1114	0	0				timestamptz_eq_timestamp	12	f	s	1	0
        2530	timestamptz_gt_timestamp	f	s	t	f	16	1184 1114	0	0				timestamptz_gt_timestamp	12	f	s	1	0
        2531	timestamptz_ge_timestamp	f	s	t	f	16	1184 1114	0	0				timestamptz_ge_timestamp	12	f	s	1	0
        2532	timestamptz_ne_timestamp	f	s	t	f	16	1184 1114	0	0				timestamptz_ne_timestamp	12	f	s	1	0
        2533	timestamptz_cmp_timestamp	f	s	t	f	23	1184 1114	0	0				timestamptz_cmp_timestamp	12	f	s	1	0
        2546	interval_pl_date	f	i	t	f	1114	1186 1082	0	0					14	f	s	1	0
        2547	interval_pl_timetz	f	i	t	f	1266	1186 1266	0	0					14	f	s	1	0
        2548	interval_pl_timestamp	f	i	t	f	1114	1186 1114	0	0					14	f	s	1	0
        2549	interval_pl_timestamptz	f	s	t	f	1184	1186 1184	0	0					14	f	s	1	0
        2550	integer_pl_date	f	i	t	f	1082	23 1082	0	0					14	f	s	1	0
        2556	pg_tablespace_databases	f	s	t	t	26	26	0	0				pg_tablespace_databases	12	f	s	1	1000
        2557	bool	f	i	t	f	16	23	0	0				int4_bool	12	t	s	1	0
        2558	int4	f	i	t	f	23	16	0	0				bool_int4	12	t	s	1	0
        2559	lastval	f	v	t	f	20		0	0				lastval	12	f	u	1	0
        2560	pg_postmaster_start_time	f	s	t	f	1184		0	0				pg_postmaster_start_time	12	f	s	1	0
        2561	pg_blocking_pids	f	v	t	f	1007	23	0	0				pg_blocking_pids	12	f	s	1	0
        2580	float8	f	i	t	f	701	3802	0	0				jsonb_float8	12	f	s	1	0
        2581	gist_box_penalty	f	i	t	f	2281	2281 2281 2281	0	0				gist_box_penalty	12	f	s	1	0
        2582	gist_box_picksplit	f	i	t	f	2281	2281 2281	0	0				gist_box_picksplit	12	f	s	1	0
        2586	gist_poly_compress	f	i	t	f	2281	2281	0	0				gist_poly_compress	12	f	s	1	0
        2592	gist_circle_compress	f	i	t	f	2281	2281	0	0				gist_circle_compress	12	f	s	1	0
        2596	numeric_stddev_pop	f	i	f	f	1700	2281	0	0				numeric_stddev_pop	12	f	s	1	0
        2597	domain_in	f	s	f	f	2276	2275 26 23	0	0				domain_in	12	f	s	1	0
        2598	domain_recv	f	s	f	f	2276	2281 26 23	0	0				domain_recv	12	f	s	1	0
        2599	pg_timezone_abbrevs	f	s	t	t	2249		0	0	25 1186 16	ooo	abbrev utc_offset is_dst	pg_timezone_abbrevs	12	f	s	1	1000
        2621	pg_reload_conf	f	v	t	f	16		0	0				pg_reload_conf	12	f	s	1	0
        2622	pg_rotate_logfile	f	v	t	f	16		0	0				pg_rotate_logfile_v2	12	f	s	1	0
        2623	pg_stat_file	f	v	t	f	2249	25	0	0	25 20 1184 1184 1184 1184 16	ioooooo	filename size access modification change creation isdir	pg_stat_file_1arg	12	f	s	1	0
        2624	pg_read_file	f	v	t	f	25	25 20 20	0	0				pg_read_file_off_len	12	f	s	1	0
        2625	pg_ls_dir	f	v	t	t	25	25	0	0				pg_ls_dir_1arg	12	f	s	1	1000
        2626	pg_sleep	f	v	t	f	2278	701	0	0				pg_sleep	12	f	s	1	0
        2641	var_samp	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2642	var_samp	a	i	f	f	1700	23	0	0				aggregate_dummy	12	f	s	1	0
        2643	var_samp	a	i	f	f	1700	21	0	0				aggregate_dummy	12	f	s	1	0
        2644	var_samp	a	i	f	f	701	700	0	0				aggregate_dummy	12	f	s	1	0
        2645	var_samp	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2646	var_samp	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2647	transaction_timestamp	f	s	t	f	1184		0	0				now	12	f	s	1	0
        2648	statement_timestamp	f	s	t	f	1184		0	0				statement_timestamp	12	f	s	1	0
        2649	clock_timestamp	f	v	t	f	1184		0	0				clock_timestamp	12	f	s	1	0
        2700	gin_cmp_prefix	f	i	t	f	23	25 25 21 2281	0	0				gin_cmp_prefix	12	f	s	1	0
        2705	pg_has_role	f	s	t	f	16	19 19 25	0	0				pg_has_role_name_name	12	f	s	1	0
        2706	pg_has_role	f	s	t	f	16	19 26 25	0	0				pg_has_role_name_id	12	f	s	1	0
        2707	pg_has_role	f	s	t	f	16	26 19 25	0	0				pg_has_role_id_name	12	f	s	1	0
        2708	pg_has_role	f	s	t	f	16	26 26 25	0	0				pg_has_role_id_id	12	f	s	1	0
        2709	pg_has_role	f	s	t	f	16	19 25	0	0				pg_has_role_name	12	f	s	1	0
        2710	pg_has_role	f	s	t	f	16	26 25	0	0				pg_has_role_id	12	f	s	1	0
        2711	justify_interval	f	i	t	f	1186	1186	0	0				interval_justify_interval	12	f	s	1	0
        2712	stddev_samp	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2713	stddev_samp	a	i	f	f	1700	23	0	0				aggregate_dummy	12	f	s	1	0
        2714	stddev_samp	a	i	f	f	1700	21	0	0				aggregate_dummy	12	f	s	1	0
        2715	stddev_samp	a	i	f	f	701	700	0	0				aggregate_dummy	12	f	s	1	0
        2716	stddev_samp	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2717	stddev_samp	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2718	var_pop	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2719	var_pop	a	i	f	f	1700	23	0	0				aggregate_dummy	12	f	s	1	0
        2720	var_pop	a	i	f	f	1700	21	0	0				aggregate_dummy	12	f	s	1	0
        2721	var_pop	a	i	f	f	701	700	0	0				aggregate_dummy	12	f	s	1	0
        2722	var_pop	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2723	var_pop	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2724	stddev_pop	a	i	f	f	1700	20	0	0				aggregate_dummy	12	f	s	1	0
        2725	stddev_pop	a	i	f	f	1700	23	0	0				aggregate_dummy	12	f	s	1	0
        2726	stddev_pop	a	i	f	f	1700	21	0	0				aggregate_dummy	12	f	s	1	0
        2727	stddev_pop	a	i	f	f	701	700	0	0				aggregate_dummy	12	f	s	1	0
        2728	stddev_pop	a	i	f	f	701	701	0	0				aggregate_dummy	12	f	s	1	0
        2729	stddev_pop	a	i	f	f	1700	1700	0	0				aggregate_dummy	12	f	s	1	0
        2730	pg_get_triggerdef	f	s	t	f	25	26 16	0	0				pg_get_triggerdef_ext	12	f	s	1	0
        2731	asind	f	i	t	f	701	701	0	0				dasind	12	f	s	1	0
        2732	acosd	f	i	t	f	701	701	0	0				dacosd	12	f	s	1	0
        2733	atand	f	i	t	f	701	701	0	0				datand	12	f	s	1	0
        2734	atan2d	f	i	t	f	701	701 701	0	0				datan2d	12	f	s	1	0
        2735	sind	f	i	t	f	701	701	0	0				dsind	12	f	s	1	0
        2736	cosd	f	i	t	f	701	701	0	0				dcosd	12	f	s	1	0
        2737	tand	f	i	t	f	701	701	0	0				dtand	12	f	s	1	0
        2738	cotd	f	i	t	f	701	701	0	0				dcotd	12	f	s	1	0
        2739	pg_backup_stop	f	v	t	f	2249	16	0	1	16 3220 25 25	iooo	wait_for_archive lsn labelfile spcmapfile	pg_backup_stop	12	f	r	1	0
        2740	numeric_avg_serialize	f	i	t	f	17	2281	0	0				numeric_avg_serialize	12	f	s	1	0
        2741	numeric_avg_deserialize	f	i	t	f	2281	17 2281	0	0				numeric_avg_deserialize	12	f	s	1	0
        2743	ginarrayextract	f	i	t	f	2281	2277 2281 2281	0	0				ginarrayextract	12	f	s	1	0
        2744	ginarrayconsistent	f	i	t	f	16	2281 21 2277 23 2281 2281 2281 2281	0	0				ginarrayconsistent	12	f	s	1	0
        2746	int8_avg_accum	f	i	f	f	2281	2281 20	0	0				int8_avg_accum	12	f	s	1	0
        2747	arrayoverlap	f	i	t	f	16	2277 2277	0	0				arrayoverlap	12	f	s	1	0
        2748	arraycontains	f	i	t	f	16	2277 2277	0	0				arraycontains	12	f	s	1	0
        2749	arraycontained	f	i	t	f	16	2277 2277	0	0				arraycontained	12	f	s	1	0
        2758	pg_stat_get_db_tuples_returned	f	s	t	f	20	26	0	0				pg_stat_get_db_tuples_returned	12	f	r	1	0
        2759	pg_stat_get_db_tuples_fetched	f	s	t	f	20	26	0	0				pg_stat_get_db_tuples_fetched	12	f	r	1	0
        2760	pg_stat_get_db_tuples_inserted	f	s	t	f	20	26	0	0				pg_stat_get_db_tuples_inserted	12	f	r	1	0
        2761	pg_stat_get_db_tuples_updated	f	s	t	f	20	26	0	0				pg_stat_get_db_tuples_updated	12	f	r	1	0
        2762	pg_stat_get_db_tuples_deleted	f	s	t	f	20	26	0	0				pg_stat_get_db_tuples_deleted	12	f	r	1	0
        2763	regexp_matches	f	i	t	t	1009	25 25	0	0				regexp_matches_no_flags	12	f	s	1	1
        2764	regexp_matches	f	i	t	t	1009	25 25 25	0	0				regexp_matches	12	f	s	1	10
        2765	regexp_split_to_table	f	i	t	t	25	25 25	0	0				regexp_split_to_table_no_flags	12	f	s	1	1000
        2766	regexp_split_to_table	f	i	t	t	25	25 25 25	0	0				regexp_split_to_table	12	f	s	1	1000
        2767	regexp_split_to_array	f	i	t	f	1009	25 25	0	0				regexp_split_to_array_no_flags	12	f	s	1	0
        2768	regexp_split_to_array	f	i	t	f	1009	25 25 25	0	0				regexp_split_to_array	12	f	s	1	0
        2769	pg_stat_get_bgwriter_timed_checkpoints	f	s	t	f	20		0	0				pg_stat_get_bgwriter_timed_checkpoints	12	f	r	1	0
        2770	pg_stat_get_bgwriter_requested_checkpoints	f	s	t	f	20		0	0				pg_stat_get_bgwriter_requested_checkpoints	12	f	r	1	0
        2771	pg_stat_get_bgwriter_buf_written_checkpoints	f	s	t	f	20		0	0				pg_stat_get_bgwriter_buf_written_checkpoints	12	f	r	1	0
        2772	pg_stat_get_bgwriter_buf_written_clean	f	s	t	f	20		0	0				pg_stat_get_bgwriter_buf_written_clean	12	f	r	1	0
        2773	pg_stat_get_bgwriter_maxwritten_clean	f	s	t	f	20		0	0				pg_stat_get_bgwriter_maxwritten_clean	12	f	r	1	0
        2774	ginqueryarrayextract	f	i	t	f	2281	2277 2281 21 2281 2281 2281 2281	0	0				ginqueryarrayextract	12	f	s	1	0
        2775	pg_stat_get_buf_written_backend	f	s	t	f	20		0	0				pg_stat_get_buf_written_backend	12	f	r	1	0
        2777	anynonarray_in	f	i	t	f	2776	2275	0	0				anynonarray_in	12	f	s	1	0
        2778	anynonarray_out	f	i	t	f	2275	2776	0	0				anynonarray_out	12	f	s	1	0
        2781	pg_stat_get_last_vacuum_time	f	s	t	f	1184	26	0	0				pg_stat_get_last_vacuum_time	12	f	r	1	0
        2782	pg_stat_get_last_autovacuum_time	f	s	t	f	1184	26	0	0				pg_stat_get_last_autovacuum_time	12	f	r	1	0
        2783	pg_stat_get_last_analyze_time	f	s	t	f	1184	26	0	0				pg_stat_get_last_analyze_time	12	f	r	1	0
        2784	pg_stat_get_last_autoanalyze_time	f	s	t	f	1184	26	0	0				pg_stat_get_last_autoanalyze_time	12	f	r	1	0
        2785	int8_avg_combine	f	i	f	f	2281	2281 2281	0	0				int8_avg_combine	12	f	s	1	0
        2786	int8_avg_serialize	f	i	t	f	17	2281	0	0				int8_avg_serialize	12	f	s	1	0
        2787	int8_avg_deserialize	f	i	t	f	2281	17 2281	0	0				int8_avg_deserialize	12	f	s	1	0
        2788	pg_stat_get_backend_wait_event_type	f	s	t	f	25	23	0	0				pg_stat_get_backend_wait_event_type	12	f	r	1	0
        2790	tidgt	f	i	t	f	16	27 27	0	0				tidgt	12	t	s	1	0
        2791	tidlt	f	i	t	f	16	27 27	0	0				tidlt	12	t	s	1	0
        2792	tidge	f	i	t	f	16	27 27	0	0				tidge	12	t	s	1	0
        2793	tidle	f	i	t	f	16	27 27	0	0				tidle	12	t	s	1	0
        2794	bttidcmp	f	i	t	f	23	27 27	0	0				bttidcmp	12	t	s	1	0
        2795	tidlarger	f	i	t	f	27	27 27	0	0				tidlarger	12	f	s	1	0
        2796	tidsmaller	f	i	t	f	27	27 27	0	0				tidsmaller	12	f	s	1	0
        2797	max	a	i	f	f	27	27	0	0				aggregate_dummy	12	f	s	1	0
        2798	min	a	i	f	f	27	27	0	0				aggregate_dummy	12	f	s	1	0
        2803	count	a	i	f	f	20		0	0				aggregate_dummy	12	f	s	1	0
        2804	int8inc_any	f	i	t	f	20	20 2276	0	0				int8inc_any	12	f	s	1	0
        2805	int8inc_float8_float8	f	i	t	f	20	20 701 701	0	0				int8inc_float8_float8	12	f	s	1	0
        2806	float8_regr_accum	f	i	t	f	1022	1022 701 701	0	0				float8_regr_accum	12	f	s	1	0
        2807	float8_regr_sxx	f	i	t	f	701	1022	0	0				float8_regr_sxx	12	f	s	1	0
        2808	float8_regr_syy	f	i	t	f	701	1022	0	0				float8_regr_syy	12	f	s	1	0
        2809	float8_regr_sxy	f	i	t	f	701	1022	0	0				float8_regr_sxy	12	f	s	1	0
        2810	float8_regr_avgx	f	i	t	f	701	1022	0	0				float8_regr_avgx	12	f	s	1	0
        2811	float8_regr_avgy	f	i	t	f	701	1022	0	0				float8_regr_avgy	12	f	s	1	0
        2812	float8_regr_r2	f	i	t	f	701	1022	0	0				float8_regr_r2	12	f	s	1	0
        2813	float8_regr_slope	f	i	t	f	701	1022	0	0				float8_regr_slope	12	f	s	1	0
        2814	float8_regr_intercept	f	i	t	f	701	1022	0	0				float8_regr_intercept	12	f	s	1	0
        2815	float8_covar_pop	f	i	t	f	701	1022	0	0				float8_covar_pop	12	f	s	1	0
        2816	float8_covar_samp	f	i	t	f	701	1022	0	0				float8_covar_samp	12	f	s	1	0
        2817	float8_corr	f	i	t	f	701	1022	0	0				float8_corr	12	f	s	1	0
        2818	regr_count	a	i	f	f	20	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2819	regr_sxx	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2820	regr_syy	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2821	regr_sxy	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2822	regr_avgx	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2823	regr_avgy	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2824	regr_r2	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2825	regr_slope	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2826	regr_intercept	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2827	covar_pop	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2828	covar_samp	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2829	corr	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        2844	pg_stat_get_db_blk_read_time	f	s	t	f	701	26	0	0				pg_stat_get_db_blk_read_time	12	f	r	1	0
        2845	pg_stat_get_db_blk_write_time	f	s	t	f	701	26	0	0				pg_stat_get_db_blk_write_time	12	f	r	1	0
        2848	pg_switch_wal	f	v	t	f	3220		0	0				pg_switch_wal	12	f	s	1	0
        2849	pg_current_wal_lsn	f	v	t	f	3220		0	0				pg_current_wal_lsn	12	f	s	1	0
        2850	pg_walfile_name_offset	f	i	t	f	2249	3220	0	0	3220 25 23	ioo	lsn file_name file_offset	pg_walfile_name_offset	12	f	s	1	0
        2851	pg_walfile_name	f	i	t	f	25	3220	0	0				pg_walfile_name	12	f	s	1	0
        2852	pg_current_wal_insert_lsn	f	v	t	f	3220		0	0				pg_current_wal_insert_lsn	12	f	s	1	0
        2853	pg_stat_get_backend_wait_event	f	s	t	f	25	23	0	0				pg_stat_get_backend_wait_event	12	f	r	1	0
        2854	pg_my_temp_schema	f	s	t	f	26		0	0				pg_my_temp_schema	12	f	r	1	0
        2855	pg_is_other_temp_schema	f	s	t	f	16	26	0	0				pg_is_other_temp_schema	12	f	s	1	0
        2856	pg_timezone_names	f	s	t	t	2249		0	0	25 25 1186 16	oooo	name abbrev utc_offset is_dst	pg_timezone_names	12	f	s	1	1000
        2857	pg_stat_get_backend_xact_start	f	s	t	f	1184	23	0	0				pg_stat_get_backend_xact_start	12	f	r	1	0
        2858	numeric_avg_accum	f	i	f	f	2281	2281 1700	0	0				numeric_avg_accum	12	f	s	1	0
        2859	pg_stat_get_buf_alloc	f	s	t	f	20		0	0				pg_stat_get_buf_alloc	12	f	r	1	0
        2878	pg_stat_get_live_tuples	f	s	t	f	20	26	0	0				pg_stat_get_live_tuples	12	f	r	1	0
        2879	pg_stat_get_dead_tuples	f	s	t	f	20	26	0	0				pg_stat_get_dead_tuples	12	f	r	1	0
        2880	pg_advisory_lock	f	v	t	f	2278	20	0	0				pg_advisory_lock_int8	12	f	r	1	0
        2881	pg_advisory_lock_shared	f	v	t	f	2278	20	0	0				pg_advisory_lock_shared_int8	12	f	r	1	0
        2882	pg_try_advisory_lock	f	v	t	f	16	20	0	0				pg_try_advisory_lock_int8	12	f	r	1	0
        2883	pg_try_advisory_lock_shared	f	v	t	f	16	20	0	0				pg_try_advisory_lock_shared_int8	12	f	r	1	0
        2884	pg_advisory_unlock	f	v	t	f	16	20	0	0				pg_advisory_unlock_int8	12	f	r	1	0
        2885	pg_advisory_unlock_shared	f	v	t	f	16	20	0	0				pg_advisory_unlock_shared_int8	12	f	r	1	0
        2886	pg_advisory_lock	f	v	t	f	2278	23 23	0	0				pg_advisory_lock_int4	12	f	r	1	0
        2887	pg_advisory_lock_shared	f	v	t	f	2278	23 23	0	0				pg_advisory_lock_shared_int4	12	f	r	1	0
        2888	pg_try_advisory_lock	f	v	t	f	16	23 23	0	0				pg_try_advisory_lock_int4	12	f	r	1	0
        2889	pg_try_advisory_lock_shared	f	v	t	f	16	23 23	0	0				pg_try_advisory_lock_shared_int4	12	f	r	1	0
        2890	pg_advisory_unlock	f	v	t	f	16	23 23	0	0				pg_advisory_unlock_int4	12	f	r	1	0
        2891	pg_advisory_unlock_shared	f	v	t	f	16	23 23	0	0				pg_advisory_unlock_shared_int4	12	f	r	1	0
        2892	pg_advisory_unlock_all	f	v	t	f	2278		0	0				pg_advisory_unlock_all	12	f	r	1	0
        2902	varbittypmodin	f	i	t	f	23	1263	0	0				varbittypmodin	12	f	s	1	0
        2903	intervaltypmodin	f	i	t	f	23	1263	0	0				intervaltypmodin	12	f	s	1	0
        2904	intervaltypmodout	f	i	t	f	2275	23	0	0				intervaltypmodout	12	f	s	1	0
        2905	timestamptypmodin	f	i	t	f	23	1263	0	0				timestamptypmodin	12	f	s	1	0
        2906	timestamptypmodout	f	i	t	f	2275	23	0	0				timestamptypmodout	12	f	s	1	0
        2907	timestamptztypmodin	f	i	t	f	23	1263	0	0				timestamptztypmodin	12	f	s	1	0
        2908	timestamptztypmodout	f	i	t	f	2275	23	0	0				timestamptztypmodout	12	f	s	1	0
        2909	timetypmodin	f	i	t	f	23	1263	0	0				timetypmodin	12	f	s	1	0
        2910	timetypmodout	f	i	t	f	2275	23	0	0				timetypmodout	12	f	s	1	0
        2911	timetztypmodin	f	i	t	f	23	1263	0	0				timetztypmodin	12	f	s	1	0
        2912	timetztypmodout	f	i	t	f	2275	23	0	0				timetztypmodout	12	f	s	1	0
        2913	bpchartypmodin	f	i	t	f	23	1263	0	0				bpchartypmodin	12	f	s	1	0
        2914	bpchartypmodout	f	i	t	f	2275	23	0	0				bpchartypmodout	12	f	s	1	0
        2915	varchartypmodin	f	i	t	f	23	1263	0	0				varchartypmodin	12	f	s	1	0
        2916	varchartypmodout	f	i	t	f	2275	23	0	0				varchartypmodout	12	f	s	1	0
        2917	numerictypmodin	f	i	t	f	23	1263	0	0				numerictypmodin	12	f	s	1	0
        2918	numerictypmodout	f	i	t	f	2275	23	0	0				numerictypmodout	12	f	s	1	0
        2919	bittypmodin	f	i	t	f	23	1263	0	0				bittypmodin	12	f	s	1	0
        2920	bittypmodout	f	i	t	f	2275	23	0	0				bittypmodout	12	f	s	1	0
        2921	varbittypmodout	f	i	t	f	2275	23	0	0				varbittypmodout	12	f	s	1	0
        2943	txid_current	f	s	t	f	20		0	0				pg_current_xact_id	12	f	u	1	0
        2952	uuid_in	f	i	t	f	2950	2275	0	0				uuid_in	12	f	s	1	0
        2953	uuid_out	f	i	t	f	2275	2950	0	0				uuid_out	12	f	s	1	0
        2954	uuid_lt	f	i	t	f	16	2950 2950	0	0				uuid_lt	12	t	s	1	0
        2955	uuid_le	f	i	t	f	16	2950 2950	0	0				uuid_le	12	t	s	1	0
        2956	uuid_eq	f	i	t	f	16	2950 2950	0	0				uuid_eq	12	t	s	1	0
        2957	uuid_ge	f	i	t	f	16	2950 2950	0	0				uuid_ge	12	t	s	1	0
        2958	uuid_gt	f	i	t	f	16	2950 2950	0	0				uuid_gt	12	t	s	1	0
        2959	uuid_ne	f	i	t	f	16	2950 2950	0	0				uuid_ne	12	t	s	1	0
        2960	uuid_cmp	f	i	t	f	23	2950 2950	0	0				uuid_cmp	12	t	s	1	0
        2961	uuid_recv	f	i	t	f	2950	2281	0	0				uuid_recv	12	f	s	1	0
        2962	uuid_send	f	i	t	f	17	2950	0	0				uuid_send	12	f	s	1	0
        2963	uuid_hash	f	i	t	f	23	2950	0	0				uuid_hash	12	f	s	1	0
        2971	text	f	i	t	f	25	16	0	0				booltext	12	f	s	1	0
        2978	pg_stat_get_function_calls	f	s	t	f	20	26	0	0				pg_stat_get_function_calls	12	f	r	1	0
        2979	pg_stat_get_function_total_time	f	s	t	f	701	26	0	0				pg_stat_get_function_total_time	12	f	r	1	0
        2980	pg_stat_get_function_self_time	f	s	t	f	701	26	0	0				pg_stat_get_function_self_time	12	f	r	1	0
        2981	record_eq	f	i	t	f	16	2249 2249	0	0				record_eq	12	f	s	1	0
        2982	record_ne	f	i	t	f	16	2249 2249	0	0				record_ne	12	f	s	1	0
        2983	record_lt	f	i	t	f	16	2249 2249	0	0				record_lt	12	f	s	1	0
        2984	record_gt	f	i	t	f	16	2249 2249	0	0				record_gt	12	f	s	1	0
        2985	record_le	f	i	t	f	16	2249 2249	0	0				record_le	12	f	s	1	0
        2986	record_ge	f	i	t	f	16	2249 2249	0	0				record_ge	12	f	s	1	0
        2987	btrecordcmp	f	i	t	f	23	2249 2249	0	0				btrecordcmp	12	f	s	1	0
        2997	pg_table_size	f	v	t	f	20	2205	0	0				pg_table_size	12	f	s	1	0
        2998	pg_indexes_size	f	v	t	f	20	2205	0	0				pg_indexes_size	12	f	s	1	0
        2999	pg_relation_filenode	f	s	t	f	26	2205	0	0				pg_relation_filenode	12	f	s	1	0
        3000	has_foreign_data_wrapper_privilege	f	s	t	f	16	19 25 25	0	0				has_foreign_data_wrapper_privilege_name_name	12	f	s	1	0
        3001	has_foreign_data_wrapper_privilege	f	s	t	f	16	19 26 25	0	0				has_foreign_data_wrapper_privilege_name_id	12	f	s	1	0
        3002	has_foreign_data_wrapper_privilege	f	s	t	f	16	26 25 25	0	0				has_foreign_data_wrapper_privilege_id_name	12	f	s	1	0
        3003	has_foreign_data_wrapper_privilege	f	s	t	f	16	26 26 25	0	0				has_foreign_data_wrapper_privilege_id_id	12	f	s	1	0
        3004	has_foreign_data_wrapper_privilege	f	s	t	f	16	25 25	0	0				has_foreign_data_wrapper_privilege_name	12	f	s	1	0
        3005	has_foreign_data_wrapper_privilege	f	s	t	f	16	26 25	0	0				has_foreign_data_wrapper_privilege_id	12	f	s	1	0
        3006	has_server_privilege	f	s	t	f	16	19 25 25	0	0				has_server_privilege_name_name	12	f	s	1	0
        3007	has_server_privilege	f	s	t	f	16	19 26 25	0	0				has_server_privilege_name_id	12	f	s	1	0
        3008	has_server_privilege	f	s	t	f	16	26 25 25	0	0				has_server_privilege_id_name	12	f	s	1	0
        3009	has_server_privilege	f	s	t	f	16	26 26 25	0	0				has_server_privilege_id_id	12	f	s	1	0
        3010	has_server_privilege	f	s	t	f	16	25 25	0	0				has_server_privilege_name	12	f	s	1	0
        3011	has_server_privilege	f	s	t	f	16	26 25	0	0				has_server_privilege_id	12	f	s	1	0
        3012	has_column_privilege	f	s	t	f	16	19 25 25 25	0	0				has_column_privilege_name_name_name	12	f	s	1	0
        3013	has_column_privilege	f	s	t	f	16	19 25 21 25	0	0				has_column_privilege_name_name_attnum	12	f	s	1	0
        3014	has_column_privilege	f	s	t	f	16	19 26 25 25	0	0				has_column_privilege_name_id_name	12	f	s	1	0
        3015	has_column_privilege	f	s	t	f	16	19 26 21 25	0	0				has_column_privilege_name_id_attnum	12	f	s	1	0
        3016	has_column_privilege	f	s	t	f	16	26 25 25 25	0	0				has_column_privilege_id_name_name	12	f	s	1	0
        3017	has_column_privilege	f	s	t	f	16	26 25 21 25	0	0				has_column_privilege_id_name_attnum	12	f	s	1	0
        3018	has_column_privilege	f	s	t	f	16	26 26 25 25	0	0				has_column_privilege_id_id_name	12	f	s	1	0
        3019	has_column_privilege	f	s	t	f	16	26 26 21 25	0	0				has_column_privilege_id_id_attnum	12	f	s	1	0
        3020	has_column_privilege	f	s	t	f	16	25 25 25	0	0				has_column_privilege_name_name	12	f	s	1	0
        3021	has_column_privilege	f	s	t	f	16	25 21 25	0	0				has_column_privilege_name_attnum	12	f	s	1	0
        3022	has_column_privilege	f	s	t	f	16	26 25 25	0	0				has_column_privilege_id_name	12	f	s	1	0
        3023	has_column_privilege	f	s	t	f	16	26 21 25	0	0				has_column_privilege_id_attnum	12	f	s	1	0
        3024	has_any_column_privilege	f	s	t	f	16	19 25 25	0	0				has_any_column_privilege_name_name	12	f	s	10	0
        3025	has_any_column_privilege	f	s	t	f	16	19 26 25	0	0				has_any_column_privilege_name_id	12	f	s	10	0
        3026	has_any_column_privilege	f	s	t	f	16	26 25 25	0	0				has_any_column_privilege_id_name	12	f	s	10	0
        3027	has_any_column_privilege	f	s	t	f	16	26 26 25	0	0				has_any_column_privilege_id_id	12	f	s	10	0
        3028	has_any_column_privilege	f	s	t	f	16	25 25	0	0				has_any_column_privilege_name	12	f	s	10	0
        3029	has_any_column_privilege	f	s	t	f	16	26 25	0	0				has_any_column_privilege_id	12	f	s	10	0
        3034	pg_relation_filepath	f	s	t	f	25	2205	0	0				pg_relation_filepath	12	f	s	1	0
        3035	pg_listening_channels	f	s	t	t	25		0	0				pg_listening_channels	12	f	r	1	10
        3036	pg_notify	f	v	f	f	2278	25 25	0	0				pg_notify	12	f	r	1	0
        3037	pg_stat_get_xact_numscans	f	v	t	f	20	26	0	0				pg_stat_get_xact_numscans	12	f	r	1	0
        3038	pg_stat_get_xact_tuples_returned	f	v	t	f	20	26	0	0				pg_stat_get_xact_tuples_returned	12	f	r	1	0
        3039	pg_stat_get_xact_tuples_fetched	f	v	t	f	20	26	0	0				pg_stat_get_xact_tuples_fetched	12	f	r	1	0
        3040	pg_stat_get_xact_tuples_inserted	f	v	t	f	20	26	0	0				pg_stat_get_xact_tuples_inserted	12	f	r	1	0
        3041	pg_stat_get_xact_tuples_updated	f	v	t	f	20	26	0	0				pg_stat_get_xact_tuples_updated	12	f	r	1	0
        3042	pg_stat_get_xact_tuples_deleted	f	v	t	f	20	26	0	0				pg_stat_get_xact_tuples_deleted	12	f	r	1	0
        3043	pg_stat_get_xact_tuples_hot_updated	f	v	t	f	20	26	0	0				pg_stat_get_xact_tuples_hot_updated	12	f	r	1	0
        3044	pg_stat_get_xact_blocks_fetched	f	v	t	f	20	26	0	0				pg_stat_get_xact_blocks_fetched	12	f	r	1	0
        3045	pg_stat_get_xact_blocks_hit	f	v	t	f	20	26	0	0				pg_stat_get_xact_blocks_hit	12	f	r	1	0
        3046	pg_stat_get_xact_function_calls	f	v	t	f	20	26	0	0				pg_stat_get_xact_function_calls	12	f	r	1	0
        3047	pg_stat_get_xact_function_total_time	f	v	t	f	701	26	0	0				pg_stat_get_xact_function_total_time	12	f	r	1	0
        3048	pg_stat_get_xact_function_self_time	f	v	t	f	701	26	0	0				pg_stat_get_xact_function_self_time	12	f	r	1	0
        3051	xml_is_well_formed	f	s	t	f	16	25	0	0				xml_is_well_formed	12	f	s	1	0
        3052	xml_is_well_formed_document	f	i	t	f	16	25	0	0				xml_is_well_formed_document	12	f	s	1	0
        3053	xml_is_well_formed_content	f	i	t	f	16	25	0	0				xml_is_well_formed_content	12	f	s	1	0
        3054	pg_stat_get_vacuum_count	f	s	t	f	20	26	0	0				pg_stat_get_vacuum_count	12	f	r	1	0
        3055	pg_stat_get_autovacuum_count	f	s	t	f	20	26	0	0				pg_stat_get_autovacuum_count	12	f	r	1	0
        3056	pg_stat_get_analyze_count	f	s	t	f	20	26	0	0				pg_stat_get_analyze_count	12	f	r	1	0
        3057	pg_stat_get_autoanalyze_count	f	s	t	f	20	26	0	0				pg_stat_get_autoanalyze_count	12	f	r	1	0
        3058	concat	f	s	f	f	25	2276	2276	0	2276	v		text_concat	12	f	s	1	0
        3059	concat_ws	f	s	f	f	25	25 2276	2276	0	25 2276	iv		text_concat_ws	12	f	s	1	0
        3060	left	f	i	t	f	25	25 23	0	0				text_left	12	f	s	1	0
        3061	right	f	i	t	f	25	25 23	0	0				text_right	12	f	s	1	0
        3062	reverse	f	i	t	f	25	25	0	0				text_reverse	12	f	s	1	0
        3063	pg_stat_get_buf_fsync_backend	f	s	t	f	20		0	0				pg_stat_get_buf_fsync_backend	12	f	r	1	0
        3065	pg_stat_get_db_conflict_tablespace	f	s	t	f	20	26	0	0				pg_stat_get_db_conflict_tablespace	12	f	r	1	0
        3066	pg_stat_get_db_conflict_lock	f	s	t	f	20	26	0	0				pg_stat_get_db_conflict_lock	12	f	r	1	0
        3067	pg_stat_get_db_conflict_snapshot	f	s	t	f	20	26	0	0				pg_stat_get_db_conflict_snapshot	12	f	r	1	0
        3068	pg_stat_get_db_conflict_bufferpin	f	s	t	f	20	26	0	0				pg_stat_get_db_conflict_bufferpin	12	f	r	1	0
        3069	pg_stat_get_db_conflict_startup_deadlock	f	s	t	f	20	26	0	0				pg_stat_get_db_conflict_startup_deadlock	12	f	r	1	0
        3070	pg_stat_get_db_conflict_all	f	s	t	f	20	26	0	0				pg_stat_get_db_conflict_all	12	f	r	1	0
        3071	pg_wal_replay_pause	f	v	t	f	2278		0	0				pg_wal_replay_pause	12	f	s	1	0
        3072	pg_wal_replay_resume	f	v	t	f	2278		0	0				pg_wal_replay_resume	12	f	s	1	0
        3073	pg_is_wal_replay_paused	f	v	t	f	16		0	0				pg_is_wal_replay_paused	12	f	s	1	0
        3074	pg_stat_get_db_stat_reset_time	f	s	t	f	1184	26	0	0				pg_stat_get_db_stat_reset_time	12	f	r	1	0
        3075	pg_stat_get_bgwriter_stat_reset_time	f	s	t	f	1184		0	0				pg_stat_get_bgwriter_stat_reset_time	12	f	r	1	0
        3076	ginarrayextract	f	i	t	f	2281	2277 2281	0	0				ginarrayextract_2args	12	f	s	1	0
        3078	pg_sequence_parameters	f	s	t	f	2249	26	0	0	26 20 20 20 20 16 20 26	iooooooo	sequence_oid start_value minimum_value maximum_value increment cycle_option cache_size data_type	pg_sequence_parameters	12	f	s	1	0
        3082	pg_available_extensions	f	s	t	t	2249		0	0	19 25 25	ooo	name default_version comment	pg_available_extensions	12	f	s	10	100
        3083	pg_available_extension_versions	f	s	t	t	2249		0	0	19 25 16 16 16 19 1003 25	oooooooo	name version superuser trusted relocatable schema requires comment	pg_available_extension_versions	12	f	s	10	100
        3084	pg_extension_update_paths	f	s	t	t	2249	19	0	0	19 25 25 25	iooo	name source target path	pg_extension_update_paths	12	f	s	10	100
        3086	pg_extension_config_dump	f	v	t	f	2278	2205 25	0	0				pg_extension_config_dump	12	f	u	1	0
        3089	pg_advisory_xact_lock	f	v	t	f	2278	20	0	0				pg_advisory_xact_lock_int8	12	f	r	1	0
        3090	pg_advisory_xact_lock_shared	f	v	t	f	2278	20	0	0				pg_advisory_xact_lock_shared_int8	12	f	r	1	0
        3091	pg_try_advisory_xact_lock	f	v	t	f	16	20	0	0				pg_try_advisory_xact_lock_int8	12	f	r	1	0
        3092	pg_try_advisory_xact_lock_shared	f	v	t	f	16	20	0	0				pg_try_advisory_xact_lock_shared_int8	12	f	r	1	0
        3093	pg_advisory_xact_lock	f	v	t	f	2278	23 23	0	0				pg_advisory_xact_lock_int4	12	f	r	1	0
        3094	pg_advisory_xact_lock_shared	f	v	t	f	2278	23 23	0	0				pg_advisory_xact_lock_shared_int4	12	f	r	1	0
        3095	pg_try_advisory_xact_lock	f	v	t	f	16	23 23	0	0				pg_try_advisory_xact_lock_int4	12	f	r	1	0
        3096	pg_try_advisory_xact_lock_shared	f	v	t	f	16	23 23	0	0				pg_try_advisory_xact_lock_shared_int4	12	f	r	1	0
        3097	varchar_support	f	i	t	f	2281	2281	0	0				varchar_support	12	f	s	1	0
        3098	pg_create_restore_point	f	v	t	f	3220	25	0	0				pg_create_restore_point	12	f	s	1	0
        3099	pg_stat_get_wal_senders	f	s	f	t	2249		0	0	23 25 3220 3220 3220 3220 1186 1186 1186 23 25 1184	oooooooooooo	pid state sent_lsn write_lsn flush_lsn replay_lsn write_lag flush_lag replay_lag sync_priority sync_state reply_time	pg_stat_get_wal_senders	12	f	r	1	10
        3100	row_number	w	i	f	f	20		0	0				window_row_number	12	f	s	1	0
        3101	rank	w	i	f	f	20		0	0				window_rank	12	f	s	1	0
        3102	dense_rank	w	i	f	f	20		0	0				window_dense_rank	12	f	s	1	0
        3103	percent_rank	w	i	f	f	701		0	0				window_percent_rank	12	f	s	1	0
        3104	cume_dist	w	i	f	f	701		0	0				window_cume_dist	12	f	s	1	0
        3105	ntile	w	i	t	f	23	23	0	0				window_ntile	12	f	s	1	0
        3106	lag	w	i	t	f	2283	2283	0	0				window_lag	12	f	s	1	0
        3107	lag	w	i	t	f	2283	2283 23	0	0				window_lag_with_offset	12	f	s	1	0
        3108	lag	w	i	t	f	5077	5077 23 5077	0	0				window_lag_with_offset_and_default	12	f	s	1	0
        3109	lead	w	i	t	f	2283	2283	0	0				window_lead	12	f	s	1	0
        3110	lead	w	i	t	f	2283	2283 23	0	0				window_lead_with_offset	12	f	s	1	0
        3111	lead	w	i	t	f	5077	5077 23 5077	0	0				window_lead_with_offset_and_default	12	f	s	1	0
        3112	first_value	w	i	t	f	2283	2283	0	0				window_first_value	12	f	s	1	0
        3113	last_value	w	i	t	f	2283	2283	0	0				window_last_value	12	f	s	1	0
        3114	nth_value	w	i	t	f	2283	2283 23	0	0				window_nth_value	12	f	s	1	0
        3120	void_recv	f	i	t	f	2278	2281	0	0				void_recv	12	f	s	1	0
        3121	void_send	f	i	t	f	17	2278	0	0				void_send	12	f	s	1	0
        3129	btint2sortsupport	f	i	t	f	2278	2281	0	0				btint2sortsupport	12	f	s	1	0
        3130	btint4sortsupport	f	i	t	f	2278	2281	0	0				btint4sortsupport	12	f	s	1	0
        3131	btint8sortsupport	f	i	t	f	2278	2281	0	0				btint8sortsupport	12	f	s	1	0
        3132	btfloat4sortsupport	f	i	t	f	2278	2281	0	0				btfloat4sortsupport	12	f	s	1	0
        3133	btfloat8sortsupport	f	i	t	f	2278	2281	0	0				btfloat8sortsupport	12	f	s	1	0
        3134	btoidsortsupport	f	i	t	f	2278	2281	0	0				btoidsortsupport	12	f	s	1	0
        3135	btnamesortsupport	f	i	t	f	2278	2281	0	0				btnamesortsupport	12	f	s	1	0
        3136	date_sortsupport	f	i	t	f	2278	2281	0	0				date_sortsupport	12	f	s	1	0
        3137	timestamp_sortsupport	f	i	t	f	2278	2281	0	0				timestamp_sortsupport	12	f	s	1	0
        3138	has_type_privilege	f	s	t	f	16	19 25 25	0	0				has_type_privilege_name_name	12	f	s	1	0
        3139	has_type_privilege	f	s	t	f	16	19 26 25	0	0				has_type_privilege_name_id	12	f	s	1	0
        3140	has_type_privilege	f	s	t	f	16	26 25 25	0	0				has_type_privilege_id_name	12	f	s	1	0
        3141	has_type_privilege	f	s	t	f	16	26 26 25	0	0				has_type_privilege_id_id	12	f	s	1	0
        3142	has_type_privilege	f	s	t	f	16	25 25	0	0				has_type_privilege_name	12	f	s	1	0
        3143	has_type_privilege	f	s	t	f	16	26 25	0	0				has_type_privilege_id	12	f	s	1	0
        3150	pg_stat_get_db_temp_files	f	s	t	f	20	26	0	0				pg_stat_get_db_temp_files	12	f	r	1	0
        3151	pg_stat_get_db_temp_bytes	f	s	t	f	20	26	0	0				pg_stat_get_db_temp_bytes	12	f	r	1	0
        3152	pg_stat_get_db_deadlocks	f	s	t	f	20	26	0	0				pg_stat_get_db_deadlocks	12	f	r	1	0
        3153	array_to_json	f	s	t	f	114	2277	0	0				array_to_json	12	f	s	1	0
        3154	array_to_json	f	s	t	f	114	2277 16	0	0				array_to_json_pretty	12	f	s	1	0
        3155	row_to_json	f	s	t	f	114	2249	0	0				row_to_json	12	f	s	1	0
        3156	row_to_json	f	s	t	f	114	2249 16	0	0				row_to_json_pretty	12	f	s	1	0
        3157	numeric_support	f	i	t	f	2281	2281	0	0				numeric_support	12	f	s	1	0
        3158	varbit_support	f	i	t	f	2281	2281	0	0				varbit_support	12	f	s	1	0
        3159	pg_get_viewdef	f	s	t	f	25	26 23	0	0				pg_get_viewdef_wrap	12	f	r	1	0
        3160	pg_stat_get_checkpoint_write_time	f	s	t	f	701		0	0				pg_stat_get_checkpoint_write_time	12	f	r	1	0
        3161	pg_stat_get_checkpoint_sync_time	f	s	t	f	701		0	0				pg_stat_get_checkpoint_sync_time	12	f	r	1	0
        3162	pg_collation_for	f	s	f	f	25	2276	0	0				pg_collation_for	12	f	s	1	0
        3163	pg_trigger_depth	f	s	t	f	23		0	0				pg_trigger_depth	12	f	r	1	0
        3165	pg_wal_lsn_diff	f	i	t	f	1700	3220 3220	0	0				pg_wal_lsn_diff	12	f	s	1	0
        3166	pg_size_pretty	f	i	t	f	25	1700	0	0				pg_size_pretty_numeric	12	f	s	1	0
        3167	array_remove	f	i	f	f	5078	5078 5077	0	0				array_remove	12	f	s	1	0
        3168	array_replace	f	i	f	f	5078	5078 5077 5077	0	0				array_replace	12	f	s	1	0
        3169	rangesel	f	s	t	f	701	2281 26 2281 23	0	0				rangesel	12	f	s	1	0
        3170	lo_lseek64	f	v	t	f	20	23 20 23	0	0				be_lo_lseek64	12	f	u	1	0
        3171	lo_tell64	f	v	t	f	20	23	0	0				be_lo_tell64	12	f	u	1	0
        3172	lo_truncate64	f	v	t	f	23	23 20	0	0				be_lo_truncate64	12	f	u	1	0
        3173	json_agg_transfn	f	s	f	f	2281	2281 2283	0	0				json_agg_transfn	12	f	s	1	0
        3174	json_agg_finalfn	f	i	f	f	114	2281	0	0				json_agg_finalfn	12	f	s	1	0
        3175	json_agg	a	s	f	f	114	2283	0	0				aggregate_dummy	12	f	s	1	0
        3176	to_json	f	s	t	f	114	2283	0	0				to_json	12	f	s	1	0
        3177	pg_stat_get_mod_since_analyze	f	s	t	f	20	26	0	0				pg_stat_get_mod_since_analyze	12	f	r	1	0
        3178	numeric_sum	f	i	f	f	1700	2281	0	0				numeric_sum	12	f	s	1	0
        3179	cardinality	f	i	t	f	23	2277	0	0				array_cardinality	12	f	s	1	0
        3180	json_object_agg_transfn	f	s	f	f	2281	2281 2276 2276	0	0				json_object_agg_transfn	12	f	s	1	0
        3181	record_image_eq	f	i	t	f	16	2249 2249	0	0				record_image_eq	12	f	s	1	0
        3182	record_image_ne	f	i	t	f	16	2249 2249	0	0				record_image_ne	12	f	s	1	0
        3183	record_image_lt	f	i	t	f	16	2249 2249	0	0				record_image_lt	12	f	s	1	0
        3184	record_image_gt	f	i	t	f	16	2249 2249	0	0				record_image_gt	12	f	s	1	0
        3185	record_image_le	f	i	t	f	16	2249 2249	0	0				record_image_le	12	f	s	1	0
        3186	record_image_ge	f	i	t	f	16	2249 2249	0	0				record_image_ge	12	f	s	1	0
        3187	btrecordimagecmp	f	i	t	f	23	2249 2249	0	0				btrecordimagecmp	12	f	s	1	0
        3195	pg_stat_get_archiver	f	s	f	f	2249		0	0	20 25 1184 20 25 1184 1184	ooooooo	archived_count last_archived_wal last_archived_time failed_count last_failed_wal last_failed_time stats_reset	pg_stat_get_archiver	12	f	r	1	0
        3196	json_object_agg_finalfn	f	i	f	f	114	2281	0	0				json_object_agg_finalfn	12	f	s	1	0
        3197	json_object_agg	a	s	f	f	114	2276 2276	0	0				aggregate_dummy	12	f	s	1	0
        3198	json_build_array	f	s	f	f	114	2276	2276	0	2276	v		json_build_array	12	f	s	1	0
        3199	json_build_array	f	s	f	f	114		0	0				json_build_array_noargs	12	f	s	1	0
        3200	json_build_object	f	s	f	f	114	2276	2276	0	2276	v		json_build_object	12	f	s	1	0
        3201	json_build_object	f	s	f	f	114		0	0				json_build_object_noargs	12	f	s	1	0
        3202	json_object	f	i	t	f	114	1009	0	0				json_object	12	f	s	1	0
        3203	json_object	f	i	t	f	114	1009 1009	0	0				json_object_two_arg	12	f	s	1	0
        3204	json_to_record	f	s	t	f	2249	114	0	0				json_to_record	12	f	s	1	0
        3205	json_to_recordset	f	s	f	t	2249	114	0	0				json_to_recordset	12	f	s	1	100
        3207	jsonb_array_length	f	i	t	f	23	3802	0	0				jsonb_array_length	12	f	s	1	0
        3208	jsonb_each	f	i	t	t	2249	3802	0	0	3802 25 3802	ioo	from_json key value	jsonb_each	12	f	s	1	100
        3209	jsonb_populate_record	f	s	f	f	2283	2283 3802	0	0				jsonb_populate_record	12	f	s	1	0
        3210	jsonb_typeof	f	i	t	f	25	3802	0	0				jsonb_typeof	12	f	s	1	0
        3214	jsonb_object_field_text	f	i	t	f	25	3802 25	0	0			from_json field_name	jsonb_object_field_text	12	f	s	1	0
        3215	jsonb_array_element	f	i	t	f	3802	3802 23	0	0			from_json element_index	jsonb_array_element	12	f	s	1	0
        3216	jsonb_array_element_text	f	i	t	f	25	3802 23	0	0			from_json element_index	jsonb_array_element_text	12	f	s	1	0
        3217	jsonb_extract_path	f	i	t	f	3802	3802 1009	25	0	3802 1009	iv	from_json path_elems	jsonb_extract_path	12	f	s	1	0
        3218	width_bucket	f	i	t	f	23	5077 5078	0	0				width_bucket_array	12	f	s	1	0
        3219	jsonb_array_elements	f	i	t	t	3802	3802	0	0	3802 3802	io	from_json value	jsonb_array_elements	12	f	s	1	100
        3229	pg_lsn_in	f	i	t	f	3220	2275	0	0				pg_lsn_in	12	f	s	1	0
        3230	pg_lsn_out	f	i	t	f	2275	3220	0	0				pg_lsn_out	12	f	s	1	0
        3231	pg_lsn_lt	f	i	t	f	16	3220 3220	0	0				pg_lsn_lt	12	t	s	1	0
        3232	pg_lsn_le	f	i	t	f	16	3220 3220	0	0				pg_lsn_le	12	t	s	1	0
        3233	pg_lsn_eq	f	i	t	f	16	3220 3220	0	0				pg_lsn_eq	12	t	s	1	0
        3234	pg_lsn_ge	f	i	t	f	16	3220 3220	0	0				pg_lsn_ge	12	t	s	1	0
        3235	pg_lsn_gt	f	i	t	f	16	3220 3220	0	0				pg_lsn_gt	12	t	s	1	0
        3236	pg_lsn_ne	f	i	t	f	16	3220 3220	0	0				pg_lsn_ne	12	t	s	1	0
        3237	pg_lsn_mi	f	i	t	f	1700	3220 3220	0	0				pg_lsn_mi	12	f	s	1	0
        3238	pg_lsn_recv	f	i	t	f	3220	2281	0	0				pg_lsn_recv	12	f	s	1	0
        3239	pg_lsn_send	f	i	t	f	17	3220	0	0				pg_lsn_send	12	f	s	1	0
        3251	pg_lsn_cmp	f	i	t	f	23	3220 3220	0	0				pg_lsn_cmp	12	t	s	1	0
        3252	pg_lsn_hash	f	i	t	f	23	3220	0	0				pg_lsn_hash	12	f	s	1	0
        3255	bttextsortsupport	f	i	t	f	2278	2281	0	0				bttextsortsupport	12	f	s	1	0
        3259	generate_series	f	i	t	t	1700	1700 1700 1700	0	0				generate_series_step_numeric	12	f	s	1	1000
        3260	generate_series	f	i	t	t	1700	1700 1700	0	0				generate_series_numeric	12	f	s	1	1000
        3261	json_strip_nulls	f	i	t	f	114	114	0	0				json_strip_nulls	12	f	s	1	0
        3262	jsonb_strip_nulls	f	i	t	f	3802	3802	0	0				jsonb_strip_nulls	12	f	s	1	0
        3263	jsonb_object	f	i	t	f	3802	1009	0	0				jsonb_object	12	f	s	1	0
        3264	jsonb_object	f	i	t	f	3802	1009 1009	0	0				jsonb_object_two_arg	12	f	s	1	0
        3265	jsonb_agg_transfn	f	s	f	f	2281	2281 2283	0	0				jsonb_agg_transfn	12	f	s	1	0
        3266	jsonb_agg_finalfn	f	s	f	f	3802	2281	0	0				jsonb_agg_finalfn	12	f	s	1	0
        3267	jsonb_agg	a	s	f	f	3802	2283	0	0				aggregate_dummy	12	f	s	1	0
        3268	jsonb_object_agg_transfn	f	s	f	f	2281	2281 2276 2276	0	0				jsonb_object_agg_transfn	12	f	s	1	0
        3269	jsonb_object_agg_finalfn	f	s	f	f	3802	2281	0	0				jsonb_object_agg_finalfn	12	f	s	1	0
        3270	jsonb_object_agg	a	i	f	f	3802	2276 2276	0	0				aggregate_dummy	12	f	s	1	0
        3271	jsonb_build_array	f	s	f	f	3802	2276	2276	0	2276	v		jsonb_build_array	12	f	s	1	0
        3272	jsonb_build_array	f	s	f	f	3802		0	0				jsonb_build_array_noargs	12	f	s	1	0
        3273	jsonb_build_object	f	s	f	f	3802	2276	2276	0	2276	v		jsonb_build_object	12	f	s	1	0
        3274	jsonb_build_object	f	s	f	f	3802		0	0				jsonb_build_object_noargs	12	f	s	1	0
        3277	array_position	f	i	f	f	23	5078 5077	0	0				array_position	12	f	s	1	0
        3278	array_position	f	i	f	f	23	5078 5077 23	0	0				array_position_start	12	f	s	1	0
        3279	array_positions	f	i	f	f	1007	5078 5077	0	0				array_positions	12	f	s	1	0
        3281	scale	f	i	t	f	23	1700	0	0				numeric_scale	12	f	s	1	0
        3282	gist_point_fetch	f	i	t	f	2281	2281	0	0				gist_point_fetch	12	f	s	1	0
        3283	numeric_sortsupport	f	i	t	f	2278	2281	0	0				numeric_sortsupport	12	f	s	1	0
        3293	pg_read_file	f	v	t	f	25	25 20 20 16	0	0				pg_read_file_v2	12	f	s	1	0
        3294	current_setting	f	s	t	f	25	25 16	0	0				show_config_by_name_missing_ok	12	f	s	1	0
        3295	pg_read_binary_file	f	v	t	f	17	25 20 20 16	0	0				pg_read_binary_file	12	f	s	1	0
        3296	pg_notification_queue_usage	f	v	t	f	701		0	0				pg_notification_queue_usage	12	f	r	1	0
        3297	pg_ls_dir	f	v	t	t	25	25 16 16	0	0				pg_ls_dir	12	f	s	1	1000
        3298	row_security_active	f	s	t	f	16	26	0	0				row_security_active	12	f	s	1	0
        3299	row_security_active	f	s	t	f	16	25	0	0				row_security_active_name	12	f	s	1	0
        3300	uuid_sortsupport	f	i	t	f	2278	2281	0	0				uuid_sortsupport	12	f	s	1	0
        3301	jsonb_concat	f	i	t	f	3802	3802 3802	0	0				jsonb_concat	12	f	s	1	0
        3302	jsonb_delete	f	i	t	f	3802	3802 25	0	0				jsonb_delete	12	f	s	1	0
        3303	jsonb_delete	f	i	t	f	3802	3802 23	0	0				jsonb_delete_idx	12	f	s	1	0
        3304	jsonb_delete_path	f	i	t	f	3802	3802 1009	0	0				jsonb_delete_path	12	f	s	1	0
        3305	jsonb_set	f	i	t	f	3802	3802 1009 3802 16	0	1			jsonb_in path replacement create_if_missing	jsonb_set	12	f	s	1	0
        3306	jsonb_pretty	f	i	t	f	25	3802	0	0				jsonb_pretty	12	f	s	1	0
        3307	pg_stat_file	f	v	t	f	2249	25 16	0	0	25 16 20 1184 1184 1184 1184 16	iioooooo	filename missing_ok size access modification change creation isdir	pg_stat_file	12	f	s	1	0
        3308	xidneq	f	i	t	f	16	28 28	0	0				xidneq	12	t	s	1	0
        3309	xidneqint4	f	i	t	f	16	28 23	0	0				xidneq	12	t	s	1	0
        3317	pg_stat_get_wal_receiver	f	s	f	f	2249		0	0	23 25 3220 23 3220 3220 23 1184 1184 3220 1184 25 25 23 25	ooooooooooooooo	pid status receive_start_lsn receive_start_tli written_lsn flushed_lsn received_tli last_msg_send_time last_msg_receipt_time latest_end_lsn latest_end_time slot_name sender_host sender_port conninfo	pg_stat_get_wal_receiver	12	f	r	1	0
        3318	pg_stat_get_progress_info	f	s	t	t	2249	25	0	0	25 23 26 26 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20	iooooooooooooooooooooooo	cmdtype pid datid relid param1 param2 param3 param4 param5 param6 param7 param8 param9 param10 param11 param12 param13 param14 param15 param16 param17 param18 param19 param20	pg_stat_get_progress_info	12	f	r	1	100
        3324	int4_avg_combine	f	i	t	f	1016	1016 1016	0	0				int4_avg_combine	12	f	s	1	0
        3325	interval_combine	f	i	t	f	1187	1187 1187	0	0				interval_combine	12	f	s	1	0
        3328	bpchar_sortsupport	f	i	t	f	2278	2281	0	0				bpchar_sortsupport	12	f	s	1	0
        3329	pg_show_all_file_settings	f	v	t	t	2249		0	0	25 23 23 25 25 16 25	ooooooo	sourcefile sourceline seqno name setting applied error	show_all_file_settings	12	f	s	1	1000
        3330	pg_current_wal_flush_lsn	f	v	t	f	3220		0	0				pg_current_wal_flush_lsn	12	f	s	1	0
        3331	bytea_sortsupport	f	i	t	f	2278	2281	0	0				bytea_sortsupport	12	f	s	1	0
        3332	bttext_pattern_sortsupport	f	i	t	f	2278	2281	0	0				bttext_pattern_sortsupport	12	f	s	1	0
        3333	btbpchar_pattern_sortsupport	f	i	t	f	2278	2281	0	0				btbpchar_pattern_sortsupport	12	f	s	1	0
        3334	pg_size_bytes	f	i	t	f	20	25	0	0				pg_size_bytes	12	f	s	1	0
        3335	numeric_serialize	f	i	t	f	17	2281	0	0				numeric_serialize	12	f	s	1	0
        3336	numeric_deserialize	f	i	t	f	2281	17 2281	0	0				numeric_deserialize	12	f	s	1	0
        3337	numeric_avg_combine	f	i	f	f	2281	2281 2281	0	0				numeric_avg_combine	12	f	s	1	0
        3338	numeric_poly_combine	f	i	f	f	2281	2281 2281	0	0				numeric_poly_combine	12	f	s	1	0
        3339	numeric_poly_serialize	f	i	t	f	17	2281	0	0				numeric_poly_serialize	12	f	s	1	0
        3340	numeric_poly_deserialize	f	i	t	f	2281	17 2281	0	0				numeric_poly_deserialize	12	f	s	1	0
        3341	numeric_combine	f	i	f	f	2281	2281 2281	0	0				numeric_combine	12	f	s	1	0
        3342	float8_regr_combine	f	i	t	f	1022	1022 1022	0	0				float8_regr_combine	12	f	s	1	0
        3343	jsonb_delete	f	i	t	f	3802	3802 1009	25	0	3802 1009	iv	from_json path_elems	jsonb_delete_array	12	f	s	1	0
        3348	txid_current_if_assigned	f	s	t	f	20		0	0				pg_current_xact_id_if_assigned	12	f	u	1	0
        3352	pg_get_partkeydef	f	s	t	f	25	26	0	0				pg_get_partkeydef	12	f	s	1	0
        3353	pg_ls_logdir	f	v	t	t	2249		0	0	25 20 1184	ooo	name size modification	pg_ls_logdir	12	f	s	10	20
        3354	pg_ls_waldir	f	v	t	t	2249		0	0	25 20 1184	ooo	name size modification	pg_ls_waldir	12	f	s	10	20
        3359	macaddr_sortsupport	f	i	t	f	2278	2281	0	0				macaddr_sortsupport	12	f	s	1	0
        3360	txid_status	f	v	t	f	25	20	0	0				pg_xact_status	12	f	s	1	0
        3376	pg_safe_snapshot_blocking_pids	f	v	t	f	1007	23	0	0				pg_safe_snapshot_blocking_pids	12	f	s	1	0
        3378	pg_isolation_test_session_is_blocked	f	v	t	f	16	23 1007	0	0				pg_isolation_test_session_is_blocked	12	f	s	1	0
        3382	pg_identify_object_as_address	f	s	t	f	2249	26 26 23	0	0	26 26 23 25 1009 1009	iiiooo	classid objid objsubid type object_names object_args	pg_identify_object_as_address	12	f	s	1	0
        3383	brin_minmax_opcinfo	f	i	t	f	2281	2281	0	0				brin_minmax_opcinfo	12	f	s	1	0
        3384	brin_minmax_add_value	f	i	t	f	16	2281 2281 2281 2281	0	0				brin_minmax_add_value	12	f	s	1	0
        3385	brin_minmax_consistent	f	i	t	f	16	2281 2281 2281	0	0				brin_minmax_consistent	12	f	s	1	0
        3386	brin_minmax_union	f	i	t	f	16	2281 2281 2281	0	0				brin_minmax_union	12	f	s	1	0
        3387	int8_avg_accum_inv	f	i	f	f	2281	2281 20	0	0				int8_avg_accum_inv	12	f	s	1	0
        3388	numeric_poly_sum	f	i	f	f	1700	2281	0	0				numeric_poly_sum	12	f	s	1	0
        3389	numeric_poly_avg	f	i	f	f	1700	2281	0	0				numeric_poly_avg	12	f	s	1	0
        3390	numeric_poly_var_pop	f	i	f	f	1700	2281	0	0				numeric_poly_var_pop	12	f	s	1	0
        3391	numeric_poly_var_samp	f	i	f	f	1700	2281	0	0				numeric_poly_var_samp	12	f	s	1	0
        3392	numeric_poly_stddev_pop	f	i	f	f	1700	2281	0	0				numeric_poly_stddev_pop	12	f	s	1	0
        3393	numeric_poly_stddev_samp	f	i	f	f	1700	2281	0	0				numeric_poly_stddev_samp	12	f	s	1	0
        3396	regexp_match	f	i	t	f	1009	25 25	0	0				regexp_match_no_flags	12	f	s	1	0
        3397	regexp_match	f	i	t	f	1009	25 25 25	0	0				regexp_match	12	f	s	1	0
        3400	pg_config	f	s	t	t	2249		0	0	25 25	oo	name setting	pg_config	12	f	r	1	23
        3401	pg_hba_file_rules	f	v	t	t	2249		0	0	23 25 1009 1009 25 25 25 1009 25	ooooooooo	line_number type database user_name address netmask auth_method options error	pg_hba_file_rules	12	f	s	1	1000
        3403	pg_statistics_obj_is_visible	f	s	t	f	16	26	0	0				pg_statistics_obj_is_visible	12	f	s	10	0
        3408	pg_get_partition_constraintdef	f	s	t	f	25	26	0	0				pg_get_partition_constraintdef	12	f	s	1	0
        3409	time_hash_extended	f	i	t	f	20	1083 20	0	0				time_hash_extended	12	f	s	1	0
        3410	timetz_hash_extended	f	i	t	f	20	1266 20	0	0				timetz_hash_extended	12	f	s	1	0
        3411	timestamp_hash_extended	f	i	t	f	20	1114 20	0	0				timestamp_hash_extended	12	f	s	1	0
        3412	uuid_hash_extended	f	i	t	f	20	2950 20	0	0				uuid_hash_extended	12	f	s	1	0
        3413	pg_lsn_hash_extended	f	i	t	f	20	3220 20	0	0				pg_lsn_hash_extended	12	f	s	1	0
        3414	hashenumextended	f	i	t	f	20	3500 20	0	0				hashenumextended	12	f	s	1	0
        3415	pg_get_statisticsobjdef	f	s	t	f	25	26	0	0				pg_get_statisticsobjdef	12	f	s	1	0
        3416	jsonb_hash_extended	f	i	t	f	20	3802 20	0	0				jsonb_hash_extended	12	f	s	1	0
        3418	interval_hash_extended	f	i	t	f	20	1186 20	0	0				interval_hash_extended	12	f	s	1	0
        3419	sha224	f	i	t	f	17	17	0	0				sha224_bytea	12	t	s	1	0
        3420	sha256	f	i	t	f	17	17	0	0				sha256_bytea	12	t	s	1	0
        3421	sha384	f	i	t	f	17	17	0	0				sha384_bytea	12	t	s	1	0
        3422	sha512	f	i	t	f	17	17	0	0				sha512_bytea	12	t	s	1	0
        3423	pg_partition_tree	f	v	t	t	2249	2205	0	0	2205 2205 2205 16 23	ioooo	rootrelid relid parentrelid isleaf level	pg_partition_tree	12	f	s	1	1000
        3424	pg_partition_root	f	i	t	f	2205	2205	0	0				pg_partition_root	12	f	s	1	0
        3425	pg_partition_ancestors	f	v	t	t	2205	2205	0	0	2205 2205	io	partitionid relid	pg_partition_ancestors	12	f	s	1	10
        3426	pg_stat_get_db_checksum_failures	f	s	t	f	20	26	0	0				pg_stat_get_db_checksum_failures	12	f	r	1	0
        3428	pg_stat_get_db_checksum_last_failure	f	s	t	f	1184	26	0	0				pg_stat_get_db_checksum_last_failure	12	f	r	1	0
        3432	gen_random_uuid	f	v	t	f	2950		0	0				gen_random_uuid	12	t	s	1	0
        3434	gtsvector_options	f	i	f	f	2278	2281	0	0				gtsvector_options	12	f	s	1	0
        3435	gist_point_sortsupport	f	i	t	f	2278	2281	0	0				gist_point_sortsupport	12	f	s	1	0
        3436	pg_promote	f	v	t	f	16	16 23	0	2			wait wait_seconds	pg_promote	12	f	s	1	0
        3437	prefixsel	f	s	t	f	701	2281 26 2281 23	0	0				prefixsel	12	f	s	1	0
        3438	prefixjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				prefixjoinsel	12	f	s	1	0
        3441	pg_control_system	f	v	t	f	2249		0	0	23 23 20 1184	oooo	pg_control_version catalog_version_no system_identifier pg_control_last_modified	pg_control_system	12	f	s	1	0
        3442	pg_control_checkpoint	f	v	t	f	2249		0	0	3220 3220 25 23 23 16 25 26 28 28 28 26 28 28 26 28 28 1184	oooooooooooooooooo	checkpoint_lsn redo_lsn redo_wal_file timeline_id prev_timeline_id full_page_writes next_xid next_oid next_multixact_id next_multi_offset oldest_xid oldest_xid_dbid oldest_active_xid oldest_multi_xid oldest_multi_dbid oldest_commit_ts_xid newest_commit_ts_xid checkpoint_time	pg_control_checkpoint	12	f	s	1	0
        3443	pg_control_recovery	f	v	t	f	2249		0	0	3220 23 3220 3220 16	ooooo	min_recovery_end_lsn min_recovery_end_timeline backup_start_lsn backup_end_lsn end_of_backup_record_required	pg_control_recovery	12	f	s	1	0
        3444	pg_control_init	f	v	t	f	2249		0	0	23 23 23 23 23 23 23 23 23 16 23	ooooooooooo	max_data_alignment database_block_size blocks_per_segment wal_block_size bytes_per_wal_segment max_identifier_length max_index_columns max_toast_chunk_size large_object_chunk_size float8_pass_by_value data_page_checksum_version	pg_control_init	12	f	s	1	0
        3445	pg_import_system_collations	f	v	t	f	23	4089	0	0				pg_import_system_collations	12	f	u	100	0
        3448	pg_collation_actual_version	f	v	t	f	25	26	0	0				pg_collation_actual_version	12	f	s	100	0
        3449	numeric	f	i	t	f	1700	3802	0	0				jsonb_numeric	12	f	s	1	0
        3450	int2	f	i	t	f	21	3802	0	0				jsonb_int2	12	f	s	1	0
        3451	int4	f	i	t	f	23	3802	0	0				jsonb_int4	12	f	s	1	0
        3452	int8	f	i	t	f	20	3802	0	0				jsonb_int8	12	f	s	1	0
        3453	float4	f	i	t	f	700	3802	0	0				jsonb_float4	12	f	s	1	0
        3454	pg_filenode_relation	f	s	t	f	2205	26 26	0	0				pg_filenode_relation	12	f	s	1	0
        3457	lo_from_bytea	f	v	t	f	26	26 17	0	0				be_lo_from_bytea	12	f	u	1	0
        3458	lo_get	f	v	t	f	17	26	0	0				be_lo_get	12	f	u	1	0
        3459	lo_get	f	v	t	f	17	26 20 23	0	0				be_lo_get_fragment	12	f	u	1	0
        3460	lo_put	f	v	t	f	2278	26 20 17	0	0				be_lo_put	12	f	u	1	0
        3461	make_timestamp	f	i	t	f	1114	23 23 23 23 23 701	0	0			year month mday hour min sec	make_timestamp	12	f	s	1	0
        3462	make_timestamptz	f	s	t	f	1184	23 23 23 23 23 701	0	0			year month mday hour min sec	make_timestamptz	12	f	s	1	0
        3463	make_timestamptz	f	s	t	f	1184	23 23 23 23 23 701 25	0	0			year month mday hour min sec timezone	make_timestamptz_at_timezone	12	f	s	1	0
        3464	make_interval	f	i	t	f	1186	23 23 23 23 23 23 701	0	7			years months weeks days hours mins secs	make_interval	12	f	s	1	0
        3465	jsonb_array_elements_text	f	i	t	t	25	3802	0	0	3802 25	io	from_json value	jsonb_array_elements_text	12	f	s	1	100
        3469	spg_range_quad_config	f	i	t	f	2278	2281 2281	0	0				spg_range_quad_config	12	f	s	1	0
        3470	spg_range_quad_choose	f	i	t	f	2278	2281 2281	0	0				spg_range_quad_choose	12	f	s	1	0
        3471	spg_range_quad_picksplit	f	i	t	f	2278	2281 2281	0	0				spg_range_quad_picksplit	12	f	s	1	0
        3472	spg_range_quad_inner_consistent	f	i	t	f	2278	2281 2281	0	0				spg_range_quad_inner_consistent	12	f	s	1	0
        3473	spg_range_quad_leaf_consistent	f	i	t	f	16	2281 2281	0	0				spg_range_quad_leaf_consistent	12	f	s	1	0
        3475	jsonb_populate_recordset	f	s	f	t	2283	2283 3802	0	0				jsonb_populate_recordset	12	f	s	1	100
        3476	to_regoperator	f	s	t	f	2204	25	0	0				to_regoperator	12	f	s	1	0
        3478	jsonb_object_field	f	i	t	f	3802	3802 25	0	0			from_json field_name	jsonb_object_field	12	f	s	1	0
        3479	to_regprocedure	f	s	t	f	2202	25	0	0				to_regprocedure	12	f	s	1	0
        3480	gin_compare_jsonb	f	i	t	f	23	25 25	0	0				gin_compare_jsonb	12	f	s	1	0
        3482	gin_extract_jsonb	f	i	t	f	2281	3802 2281 2281	0	0				gin_extract_jsonb	12	f	s	1	0
        3483	gin_extract_jsonb_query	f	i	t	f	2281	3802 2281 21 2281 2281 2281 2281	0	0				gin_extract_jsonb_query	12	f	s	1	0
        3484	gin_consistent_jsonb	f	i	t	f	16	2281 21 3802 23 2281 2281 2281 2281	0	0				gin_consistent_jsonb	12	f	s	1	0
        3485	gin_extract_jsonb_path	f	i	t	f	2281	3802 2281 2281	0	0				gin_extract_jsonb_path	12	f	s	1	0
        3486	gin_extract_jsonb_query_path	f	i	t	f	2281	3802 2281 21 2281 2281 2281 2281	0	0				gin_extract_jsonb_query_path	12	f	s	1	0
        3487	gin_consistent_jsonb_path	f	i	t	f	16	2281 21 3802 23 2281 2281 2281 2281	0	0				gin_consistent_jsonb_path	12	f	s	1	0
        3488	gin_triconsistent_jsonb	f	i	t	f	18	2281 21 3802 23 2281 2281 2281	0	0				gin_triconsistent_jsonb	12	f	s	1	0
        3489	gin_triconsistent_jsonb_path	f	i	t	f	18	2281 21 3802 23 2281 2281 2281	0	0				gin_triconsistent_jsonb_path	12	f	s	1	0
        3490	jsonb_to_record	f	s	t	f	2249	3802	0	0				jsonb_to_record	12	f	s	1	0
        3491	jsonb_to_recordset	f	s	f	t	2249	3802	0	0				jsonb_to_recordset	12	f	s	1	100
        3492	to_regoper	f	s	t	f	2203	25	0	0				to_regoper	12	f	s	1	0
        3493	to_regtype	f	s	t	f	2206	25	0	0				to_regtype	12	f	s	1	0
        3494	to_regproc	f	s	t	f	24	25	0	0				to_regproc	12	f	s	1	0
        3495	to_regclass	f	s	t	f	2205	25	0	0				to_regclass	12	f	s	1	0
        3496	bool_accum	f	i	f	f	2281	2281 16	0	0				bool_accum	12	f	s	1	0
        3497	bool_accum_inv	f	i	f	f	2281	2281 16	0	0				bool_accum_inv	12	f	s	1	0
        3498	bool_alltrue	f	i	t	f	16	2281	0	0				bool_alltrue	12	f	s	1	0
        3499	bool_anytrue	f	i	t	f	16	2281	0	0				bool_anytrue	12	f	s	1	0
        3504	anyenum_in	f	i	t	f	3500	2275	0	0				anyenum_in	12	f	s	1	0
        3505	anyenum_out	f	s	t	f	2275	3500	0	0				anyenum_out	12	f	s	1	0
        3506	enum_in	f	s	t	f	3500	2275 26	0	0				enum_in	12	f	s	1	0
        3507	enum_out	f	s	t	f	2275	3500	0	0				enum_out	12	f	s	1	0
        3508	enum_eq	f	i	t	f	16	3500 3500	0	0				enum_eq	12	f	s	1	0
        3509	enum_ne	f	i	t	f	16	3500 3500	0	0				enum_ne	12	f	s	1	0
        3510	enum_lt	f	i	t	f	16	3500 3500	0	0				enum_lt	12	f	s	1	0
        3511	enum_gt	f	i	t	f	16	3500 3500	0	0				enum_gt	12	f	s	1	0
        3512	enum_le	f	i	t	f	16	3500 3500	0	0				enum_le	12	f	s	1	0
        3513	enum_ge	f	i	t	f	16	3500 3500	0	0				enum_ge	12	f	s	1	0
        3514	enum_cmp	f	i	t	f	23	3500 3500	0	0				enum_cmp	12	f	s	1	0
        3515	hashenum	f	i	t	f	23	3500	0	0				hashenum	12	f	s	1	0
        3524	enum_smaller	f	i	t	f	3500	3500 3500	0	0				enum_smaller	12	f	s	1	0
        3525	enum_larger	f	i	t	f	3500	3500 3500	0	0				enum_larger	12	f	s	1	0
        3526	max	a	i	f	f	3500	3500	0	0				aggregate_dummy	12	f	s	1	0
        3527	min	a	i	f	f	3500	3500	0	0				aggregate_dummy	12	f	s	1	0
        3528	enum_first	f	s	f	f	3500	3500	0	0				enum_first	12	f	s	1	0
        3529	enum_last	f	s	f	f	3500	3500	0	0				enum_last	12	f	s	1	0
        3530	enum_range	f	s	f	f	2277	3500 3500	0	0				enum_range_bounds	12	f	s	1	0
        3531	enum_range	f	s	f	f	2277	3500	0	0				enum_range_all	12	f	s	1	0
        3532	enum_recv	f	s	t	f	3500	2281 26	0	0				enum_recv	12	f	s	1	0
        3533	enum_send	f	s	t	f	17	3500	0	0				enum_send	12	f	s	1	0
        3535	string_agg_transfn	f	i	f	f	2281	2281 25 25	0	0				string_agg_transfn	12	f	s	1	0
        3536	string_agg_finalfn	f	i	f	f	25	2281	0	0				string_agg_finalfn	12	f	s	1	0
        3537	pg_describe_object	f	s	t	f	25	26 26 23	0	0				pg_describe_object	12	f	s	1	0
        3538	string_agg	a	i	f	f	25	25 25	0	0				aggregate_dummy	12	f	s	1	0
        3539	format	f	s	f	f	25	25 2276	2276	0	25 2276	iv		text_format	12	f	s	1	0
        3540	format	f	s	f	f	25	25	0	0				text_format_nv	12	f	s	1	0
        3543	bytea_string_agg_transfn	f	i	f	f	2281	2281 17 17	0	0				bytea_string_agg_transfn	12	f	s	1	0
        3544	bytea_string_agg_finalfn	f	i	f	f	17	2281	0	0				bytea_string_agg_finalfn	12	f	s	1	0
        3545	string_agg	a	i	f	f	17	17 17	0	0				aggregate_dummy	12	f	s	1	0
        3546	int8dec	f	i	t	f	20	20	0	0				int8dec	12	f	s	1	0
        3547	int8dec_any	f	i	t	f	20	20 2276	0	0				int8dec_any	12	f	s	1	0
        3548	numeric_accum_inv	f	i	f	f	2281	2281 1700	0	0				numeric_accum_inv	12	f	s	1	0
        3549	interval_accum_inv	f	i	t	f	1187	1187 1186	0	0				interval_accum_inv	12	f	s	1	0
        3555	inet_gist_compress	f	i	t	f	2281	2281	0	0				inet_gist_compress	12	f	s	1	0
        3556	bool	f	i	t	f	16	3802	0	0				jsonb_bool	12	f	s	1	0
        3557	inet_gist_penalty	f	i	t	f	2281	2281 2281 2281	0	0				inet_gist_penalty	12	f	s	1	0
        3558	inet_gist_picksplit	f	i	t	f	2281	2281 2281	0	0				inet_gist_picksplit	12	f	s	1	0
        3560	networksel	f	s	t	f	701	2281 26 2281 23	0	0				networksel	12	f	s	1	0
        3561	networkjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				networkjoinsel	12	f	s	1	0
        3566	pg_event_trigger_dropped_objects	f	s	t	t	2249		0	0	26 26 23 16 16 16 25 25 25 25 1009 1009	oooooooooooo	classid objid objsubid original normal is_temporary object_type schema_name object_name object_identity address_names address_args	pg_event_trigger_dropped_objects	12	f	r	10	100
        3567	int2_accum_inv	f	i	f	f	2281	2281 21	0	0				int2_accum_inv	12	f	s	1	0
        3568	int4_accum_inv	f	i	f	f	2281	2281 23	0	0				int4_accum_inv	12	f	s	1	0
        3569	int8_accum_inv	f	i	f	f	2281	2281 20	0	0				int8_accum_inv	12	f	s	1	0
        3570	int2_avg_accum_inv	f	i	t	f	1016	1016 21	0	0				int2_avg_accum_inv	12	f	s	1	0
        3571	int4_avg_accum_inv	f	i	t	f	1016	1016 23	0	0				int4_avg_accum_inv	12	f	s	1	0
        3572	int2int4_sum	f	i	t	f	20	1016	0	0				int2int4_sum	12	f	s	1	0
        3573	inet_gist_fetch	f	i	t	f	2281	2281	0	0				inet_gist_fetch	12	f	s	1	0
        3577	pg_logical_emit_message	f	v	t	f	3220	16 25 25	0	0				pg_logical_emit_message_text	12	f	u	1	0
        3578	pg_logical_emit_message	f	v	t	f	3220	16 25 17	0	0				pg_logical_emit_message_bytea	12	f	u	1	0
        3579	jsonb_insert	f	i	t	f	3802	3802 1009 3802 16	0	1			jsonb_in path replacement insert_after	jsonb_insert	12	f	s	1	0
        3581	pg_xact_commit_timestamp	f	v	t	f	1184	28	0	0				pg_xact_commit_timestamp	12	f	s	1	0
        3582	binary_upgrade_set_next_pg_type_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_pg_type_oid	12	f	r	1	0
        3583	pg_last_committed_xact	f	v	t	f	2249		0	0	28 1184 26	ooo	xid timestamp roident	pg_last_committed_xact	12	f	s	1	0
        3584	binary_upgrade_set_next_array_pg_type_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_array_pg_type_oid	12	f	r	1	0
        3586	binary_upgrade_set_next_heap_pg_class_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_heap_pg_class_oid	12	f	r	1	0
        3587	binary_upgrade_set_next_index_pg_class_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_index_pg_class_oid	12	f	r	1	0
        3588	binary_upgrade_set_next_toast_pg_class_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_toast_pg_class_oid	12	f	r	1	0
        3589	binary_upgrade_set_next_pg_enum_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_pg_enum_oid	12	f	r	1	0
        3590	binary_upgrade_set_next_pg_authid_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_pg_authid_oid	12	f	r	1	0
        3591	binary_upgrade_create_empty_extension	f	v	f	f	2278	25 25 16 25 1028 1009 1009	0	0				binary_upgrade_create_empty_extension	12	f	u	1	0
        3594	event_trigger_in	f	i	f	f	3838	2275	0	0				event_trigger_in	12	f	s	1	0
        3595	event_trigger_out	f	i	t	f	2275	3838	0	0				event_trigger_out	12	f	s	1	0
        3648	gtsvector_compress	f	i	t	f	2281	2281	0	0				gtsvector_compress	12	f	s	1	0
        3649	gtsvector_decompress	f	i	t	f	2281	2281	0	0				gtsvector_decompress	12	f	s	1	0
        3650	gtsvector_picksplit	f	i	t	f	2281	2281 2281	0	0				gtsvector_picksplit	12	f	s	1	0
        3653	gtsvector_penalty	f	i	t	f	2281	2281 2281 2281	0	0				gtsvector_penalty	12	f	s	1	0
        3686	tsmatchsel	f	s	t	f	701	2281 26 2281 23	0	0				tsmatchsel	12	f	s	1	0
        3687	tsmatchjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				tsmatchjoinsel	12	f	s	1	0
        3688	ts_typanalyze	f	s	t	f	16	2281	0	0				ts_typanalyze	12	f	s	1	0
        3689	ts_stat	f	v	t	t	2249	25	0	0	25 25 23 23	iooo	query word ndoc nentry	ts_stat1	12	f	u	10	10000
        3690	ts_stat	f	v	t	t	2249	25 25	0	0	25 25 25 23 23	iiooo	query weights word ndoc nentry	ts_stat2	12	f	u	10	10000
        3695	gtsquery_compress	f	i	t	f	2281	2281	0	0				gtsquery_compress	12	f	s	1	0
        3696	starts_with	f	i	t	f	16	25 25	0	0				text_starts_with	12	t	s	1	0
        3697	gtsquery_picksplit	f	i	t	f	2281	2281 2281	0	0				gtsquery_picksplit	12	f	s	1	0
        3698	gtsquery_union	f	i	t	f	20	2281 2281	0	0				gtsquery_union	12	f	s	1	0
        3699	gtsquery_same	f	i	t	f	2281	20 20 2281	0	0				gtsquery_same	12	f	s	1	0
        3700	gtsquery_penalty	f	i	t	f	2281	2281 2281 2281	0	0				gtsquery_penalty	12	f	s	1	0
        3713	ts_token_type	f	i	t	t	2249	26	0	0	26 23 25 25	iooo	parser_oid tokid alias description	ts_token_type_byid	12	f	s	1	16
        3714	ts_token_type	f	s	t	t	2249	25	0	0	25 23 25 25	iooo	parser_name tokid alias description	ts_token_type_byname	12	f	s	1	16
        3715	ts_parse	f	i	t	t	2249	26 25	0	0	26 25 23 25	iioo	parser_oid txt tokid token	ts_parse_byid	12	f	s	1	1000
        3716	ts_parse	f	s	t	t	2249	25 25	0	0	25 25 23 25	iioo	parser_name txt tokid token	ts_parse_byname	12	f	s	1	1000
        3717	prsd_start	f	i	t	f	2281	2281 23	0	0				prsd_start	12	f	s	1	0
        3718	prsd_nexttoken	f	i	t	f	2281	2281 2281 2281	0	0				prsd_nexttoken	12	f	s	1	0
        3719	prsd_end	f	i	t	f	2278	2281	0	0				prsd_end	12	f	s	1	0
        3721	prsd_lextype	f	i	t	f	2281	2281	0	0				prsd_lextype	12	f	s	1	0
        3724	gin_cmp_tslexeme	f	i	t	f	23	25 25	0	0				gin_cmp_tslexeme	12	f	s	1	0
        3725	dsimple_init	f	i	t	f	2281	2281	0	0				dsimple_init	12	f	s	1	0
        3726	dsimple_lexize	f	i	t	f	2281	2281 2281 2281 2281	0	0				dsimple_lexize	12	f	s	1	0
        3728	dsynonym_init	f	i	t	f	2281	2281	0	0				dsynonym_init	12	f	s	1	0
        3729	dsynonym_lexize	f	i	t	f	2281	2281 2281 2281 2281	0	0				dsynonym_lexize	12	f	s	1	0
        3731	dispell_init	f	i	t	f	2281	2281	0	0				dispell_init	12	f	s	1	0
        3732	dispell_lexize	f	i	t	f	2281	2281 2281 2281 2281	0	0				dispell_lexize	12	f	s	1	0
        3740	thesaurus_init	f	i	t	f	2281	2281	0	0				thesaurus_init	12	f	s	1	0
        3741	thesaurus_lexize	f	i	t	f	2281	2281 2281 2281 2281	0	0				thesaurus_lexize	12	f	s	1	0
        3752	tsvector_update_trigger	f	v	f	f	2279		0	0				tsvector_update_trigger_byid	12	f	s	1	0
        3753	tsvector_update_trigger_column	f	v	f	f	2279		0	0				tsvector_update_trigger_bycolumn	12	f	s	1	0
        3756	pg_ts_parser_is_visible	f	s	t	f	16	26	0	0				pg_ts_parser_is_visible	12	f	s	10	0
        3757	pg_ts_dict_is_visible	f	s	t	f	16	26	0	0				pg_ts_dict_is_visible	12	f	s	10	0
        3758	pg_ts_config_is_visible	f	s	t	f	16	26	0	0				pg_ts_config_is_visible	12	f	s	10	0
        3760	ts_match_tt	f	s	t	f	16	25 25	0	0				ts_match_tt	12	f	s	100	0
        3768	pg_ts_template_is_visible	f	s	t	f	16	26	0	0				pg_ts_template_is_visible	12	f	s	10	0
        3775	pg_stat_reset_shared	f	v	t	f	2278	25	0	0				pg_stat_reset_shared	12	f	s	1	0
        3776	pg_stat_reset_single_table_counters	f	v	t	f	2278	26	0	0				pg_stat_reset_single_table_counters	12	f	s	1	0
        3777	pg_stat_reset_single_function_counters	f	v	t	f	2278	26	0	0				pg_stat_reset_single_function_counters	12	f	s	1	0
        3778	pg_tablespace_location	f	s	t	f	25	26	0	0				pg_tablespace_location	12	f	s	1	0
        3779	pg_create_physical_replication_slot	f	v	t	f	2249	19 16 16	0	2	19 16 16 19 3220	iiioo	slot_name immediately_reserve temporary slot_name lsn	pg_create_physical_replication_slot	12	f	u	1	0
        3780	pg_drop_replication_slot	f	v	t	f	2278	19	0	0				pg_drop_replication_slot	12	f	u	1	0
        3781	pg_get_replication_slots	f	s	f	t	2249		0	0	19 19 25 26 16 16 23 28 28 3220 3220 25 20 16	oooooooooooooo	slot_name plugin slot_type datoid temporary active active_pid xmin catalog_xmin restart_lsn confirmed_flush_lsn wal_status safe_wal_size two_phase	pg_get_replication_slots	12	f	s	1	10
        3782	pg_logical_slot_get_changes	f	v	f	t	2249	19 3220 23 1009	25	1	19 3220 23 1009 3220 28 25	iiivooo	slot_name upto_lsn upto_nchanges options lsn xid data	pg_logical_slot_get_changes	12	f	u	1000	1000
        3783	pg_logical_slot_get_binary_changes	f	v	f	t	2249	19 3220 23 1009	25	1	19 3220 23 1009 3220 28 17	iiivooo	slot_name upto_lsn upto_nchanges options lsn xid data	pg_logical_slot_get_binary_changes	12	f	u	1000	1000
        3784	pg_logical_slot_peek_changes	f	v	f	t	2249	19 3220 23 1009	25	1	19 3220 23 1009 3220 28 25	iiivooo	slot_name upto_lsn upto_nchanges options lsn xid data	pg_logical_slot_peek_changes	12	f	u	1000	1000
        3785	pg_logical_slot_peek_binary_changes	f	v	f	t	2249	19 3220 23 1009	25	1	19 3220 23 1009 3220 28 17	iiivooo	slot_name upto_lsn upto_nchanges options lsn xid data	pg_logical_slot_peek_binary_changes	12	f	u	1000	1000
        3786	pg_create_logical_replication_slot	f	v	t	f	2249	19 19 16 16	0	2	19 19 16 16 19 3220	iiiioo	slot_name plugin temporary twophase slot_name lsn	pg_create_logical_replication_slot	12	f	u	1	0
        3787	to_jsonb	f	s	t	f	3802	2283	0	0				to_jsonb	12	f	s	1	0
        3788	pg_stat_get_snapshot_timestamp	f	s	t	f	1184		0	0				pg_stat_get_snapshot_timestamp	12	f	r	1	0
        3789	gin_clean_pending_list	f	v	t	f	20	2205	0	0				gin_clean_pending_list	12	f	u	1	0
        3793	gtsquery_consistent	f	i	t	f	16	2281 2281 23 26 2281	0	0				gtsquery_consistent_oldsig	12	f	s	1	0
        3795	inet_spg_config	f	i	t	f	2278	2281 2281	0	0				inet_spg_config	12	f	s	1	0
        3796	inet_spg_choose	f	i	t	f	2278	2281 2281	0	0				inet_spg_choose	12	f	s	1	0
        3797	inet_spg_picksplit	f	i	t	f	2278	2281 2281	0	0				inet_spg_picksplit	12	f	s	1	0
        3798	inet_spg_inner_consistent	f	i	t	f	2278	2281 2281	0	0				inet_spg_inner_consistent	12	f	s	1	0
        3799	inet_spg_leaf_consistent	f	i	t	f	16	2281 2281	0	0				inet_spg_leaf_consistent	12	f	s	1	0
        3800	pg_current_logfile	f	v	f	f	25		0	0				pg_current_logfile	12	f	s	1	0
        3801	pg_current_logfile	f	v	f	f	25	25	0	0				pg_current_logfile_1arg	12	f	s	1	0
        3803	jsonb_send	f	i	t	f	17	3802	0	0				jsonb_send	12	f	s	1	0
        3804	jsonb_out	f	i	t	f	2275	3802	0	0				jsonb_out	12	f	s	1	0
        3805	jsonb_recv	f	i	t	f	3802	2281	0	0				jsonb_recv	12	f	s	1	0
        3806	jsonb_in	f	i	t	f	3802	2275	0	0				jsonb_in	12	f	s	1	0
        3808	pg_get_function_arg_default	f	s	t	f	25	26 23	0	0				pg_get_function_arg_default	12	f	s	1	0
        3809	pg_export_snapshot	f	v	t	f	25		0	0				pg_export_snapshot	12	f	u	1	0
        3810	pg_is_in_recovery	f	v	t	f	16		0	0				pg_is_in_recovery	12	f	s	1	0
        3815	pg_collation_is_visible	f	s	t	f	16	26	0	0				pg_collation_is_visible	12	f	s	10	0
        3816	array_typanalyze	f	s	t	f	16	2281	0	0				array_typanalyze	12	f	s	1	0
        3817	arraycontsel	f	s	t	f	701	2281 26 2281 23	0	0				arraycontsel	12	f	s	1	0
        3818	arraycontjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				arraycontjoinsel	12	f	s	1	0
        3819	pg_get_multixact_members	f	v	t	t	2249	28	0	0	28 28 25	ioo	multixid xid mode	pg_get_multixact_members	12	f	s	1	1000
        3820	pg_last_wal_receive_lsn	f	v	t	f	3220		0	0				pg_last_wal_receive_lsn	12	f	s	1	0
        3821	pg_last_wal_replay_lsn	f	v	t	f	3220		0	0				pg_last_wal_replay_lsn	12	f	s	1	0
        3826	pg_read_file	f	v	t	f	25	25	0	0				pg_read_file_all	12	f	s	1	0
        3827	pg_read_binary_file	f	v	t	f	17	25 20 20	0	0				pg_read_binary_file_off_len	12	f	s	1	0
        3828	pg_read_binary_file	f	v	t	f	17	25	0	0				pg_read_binary_file_all	12	f	s	1	0
        3829	pg_opfamily_is_visible	f	s	t	f	16	26	0	0				pg_opfamily_is_visible	12	f	s	10	0
        3830	pg_last_xact_replay_timestamp	f	v	t	f	1184		0	0				pg_last_xact_replay_timestamp	12	f	s	1	0
        3839	pg_identify_object	f	s	t	f	2249	26 26 23	0	0	26 26 23 25 25 25 25	iiioooo	classid objid objsubid type schema name identity	pg_identify_object	12	f	s	1	0
        3842	pg_relation_is_updatable	f	s	t	f	23	2205 16	0	0				pg_relation_is_updatable	12	f	s	10	0
        3843	pg_column_is_updatable	f	s	t	f	16	2205 21 16	0	0				pg_column_is_updatable	12	f	s	10	0
        3846	make_date	f	i	t	f	1082	23 23 23	0	0			year month day	make_date	12	f	s	1	0
        3847	make_time	f	i	t	f	1083	23 23 701	0	0			hour min sec	make_time	12	f	s	1	0
        3878	pg_replication_slot_advance	f	v	t	f	2249	19 3220	0	0	19 3220 19 3220	iioo	slot_name upto_lsn slot_name end_lsn	pg_replication_slot_advance	12	f	u	1	0
        3879	range_gist_penalty	f	i	t	f	2281	2281 2281 2281	0	0				range_gist_penalty	12	f	s	1	0
        3880	range_gist_picksplit	f	i	t	f	2281	2281 2281	0	0				range_gist_picksplit	12	f	s	1	0
        3916	range_typanalyze	f	s	t	f	16	2281	0	0				range_typanalyze	12	f	s	1	0
        3917	timestamp_support	f	i	t	f	2281	2281	0	0				timestamp_support	12	f	s	1	0
        3918	interval_support	f	i	t	f	2281	2281	0	0				interval_support	12	f	s	1	0
        3920	ginarraytriconsistent	f	i	t	f	18	2281 21 2277 23 2281 2281 2281	0	0				ginarraytriconsistent	12	f	s	1	0
        3922	int4range_subdiff	f	i	t	f	701	23 23	0	0				int4range_subdiff	12	f	s	1	0
        3923	int8range_subdiff	f	i	t	f	701	20 20	0	0				int8range_subdiff	12	f	s	1	0
        3924	numrange_subdiff	f	i	t	f	701	1700 1700	0	0				numrange_subdiff	12	f	s	1	0
        3925	daterange_subdiff	f	i	t	f	701	1082 1082	0	0				daterange_subdiff	12	f	s	1	0
        3929	tsrange_subdiff	f	i	t	f	701	1114 1114	0	0				tsrange_subdiff	12	f	s	1	0
        3930	tstzrange_subdiff	f	i	t	f	701	1184 1184	0	0				tstzrange_subdiff	12	f	s	1	0
        3931	jsonb_object_keys	f	i	t	t	25	3802	0	0				jsonb_object_keys	12	f	s	1	100
        3932	jsonb_each_text	f	i	t	t	2249	3802	0	0	3802 25 25	ioo	from_json key value	jsonb_each_text	12	f	s	1	100
        3935	pg_sleep_for	f	v	t	f	2278	1186	0	0					14	f	s	1	0
        3936	pg_sleep_until	f	v	t	f	2278	1184	0	0					14	f	s	1	0
        3939	mxid_age	f	s	t	f	23	28	0	0				mxid_age	12	f	s	1	0
        3940	jsonb_extract_path_text	f	i	t	f	25	3802 1009	25	0	3802 1009	iv	from_json path_elems	jsonb_extract_path_text	12	f	s	1	0
        3943	acldefault	f	i	t	f	1034	18 26	0	0				acldefault_sql	12	f	s	1	0
        3944	time_support	f	i	t	f	2281	2281	0	0				time_support	12	f	s	1	0
        3947	json_object_field	f	i	t	f	114	114 25	0	0			from_json field_name	json_object_field	12	f	s	1	0
        3948	json_object_field_text	f	i	t	f	25	114 25	0	0			from_json field_name	json_object_field_text	12	f	s	1	0
        3949	json_array_element	f	i	t	f	114	114 23	0	0			from_json element_index	json_array_element	12	f	s	1	0
        3950	json_array_element_text	f	i	t	f	25	114 23	0	0			from_json element_index	json_array_element_text	12	f	s	1	0
        3951	json_extract_path	f	i	t	f	114	114 1009	25	0	114 1009	iv	from_json path_elems	json_extract_path	12	f	s	1	0
        3952	brin_summarize_new_values	f	v	t	f	23	2205	0	0				brin_summarize_new_values	12	f	u	1	0
        3953	json_extract_path_text	f	i	t	f	25	114 1009	25	0	114 1009	iv	from_json path_elems	json_extract_path_text	12	f	s	1	0
        3954	pg_get_object_address	f	s	t	f	2249	25 1009 1009	0	0	25 1009 1009 26 26 23	iiiooo	type object_names object_args classid objid objsubid	pg_get_object_address	12	f	s	1	0
        3955	json_array_elements	f	i	t	t	114	114	0	0	114 114	io	from_json value	json_array_elements	12	f	s	1	100
        3956	json_array_length	f	i	t	f	23	114	0	0				json_array_length	12	f	s	1	0
        3957	json_object_keys	f	i	t	t	25	114	0	0				json_object_keys	12	f	s	1	100
        3958	json_each	f	i	t	t	2249	114	0	0	114 25 114	ioo	from_json key value	json_each	12	f	s	1	100
        3959	json_each_text	f	i	t	t	2249	114	0	0	114 25 25	ioo	from_json key value	json_each_text	12	f	s	1	100
        3960	json_populate_record	f	s	f	f	2283	2283 114 16	0	1			base from_json use_json_as_text	json_populate_record	12	f	s	1	0
        3961	json_populate_recordset	f	s	f	t	2283	2283 114 16	0	1			base from_json use_json_as_text	json_populate_recordset	12	f	s	1	100
        3968	json_typeof	f	i	t	f	25	114	0	0				json_typeof	12	f	s	1	0
        3969	json_array_elements_text	f	i	t	t	25	114	0	0	114 25	io	from_json value	json_array_elements_text	12	f	s	1	100
        3970	ordered_set_transition	f	i	f	f	2281	2281 2276	0	0				ordered_set_transition	12	f	s	1	0
        3971	ordered_set_transition_multi	f	i	f	f	2281	2281 2276	2276	0	2281 2276	iv		ordered_set_transition_multi	12	f	s	1	0
        3972	percentile_disc	a	i	f	f	2283	701 2283	0	0				aggregate_dummy	12	f	s	1	0
        3973	percentile_disc_final	f	i	f	f	2283	2281 701 2283	0	0				percentile_disc_final	12	f	s	1	0
        3974	percentile_cont	a	i	f	f	701	701 701	0	0				aggregate_dummy	12	f	s	1	0
        3975	percentile_cont_float8_final	f	i	f	f	701	2281 701	0	0				percentile_cont_float8_final	12	f	s	1	0
        3976	percentile_cont	a	i	f	f	1186	701 1186	0	0				aggregate_dummy	12	f	s	1	0
        3977	percentile_cont_interval_final	f	i	f	f	1186	2281 701	0	0				percentile_cont_interval_final	12	f	s	1	0
        3978	percentile_disc	a	i	f	f	2277	1022 2283	0	0				aggregate_dummy	12	f	s	1	0
        3979	percentile_disc_multi_final	f	i	f	f	2277	2281 1022 2283	0	0				percentile_disc_multi_final	12	f	s	1	0
        3980	percentile_cont	a	i	f	f	1022	1022 701	0	0				aggregate_dummy	12	f	s	1	0
        3981	percentile_cont_float8_multi_final	f	i	f	f	1022	2281 1022	0	0				percentile_cont_float8_multi_final	12	f	s	1	0
        3982	percentile_cont	a	i	f	f	1187	1022 1186	0	0				aggregate_dummy	12	f	s	1	0
        3983	percentile_cont_interval_multi_final	f	i	f	f	1187	2281 1022	0	0				percentile_cont_interval_multi_final	12	f	s	1	0
        3984	mode	a	i	f	f	2283	2283	0	0				aggregate_dummy	12	f	s	1	0
        3985	mode_final	f	i	f	f	2283	2281 2283	0	0				mode_final	12	f	s	1	0
        3986	rank	a	i	f	f	20	2276	2276	0	2276	v		aggregate_dummy	12	f	s	1	0
        3987	rank_final	f	i	f	f	20	2281 2276	2276	0	2281 2276	iv		hypothetical_rank_final	12	f	s	1	0
        3988	percent_rank	a	i	f	f	701	2276	2276	0	2276	v		aggregate_dummy	12	f	s	1	0
        3989	percent_rank_final	f	i	f	f	701	2281 2276	2276	0	2281 2276	iv		hypothetical_percent_rank_final	12	f	s	1	0
        3990	cume_dist	a	i	f	f	701	2276	2276	0	2276	v		aggregate_dummy	12	f	s	1	0
        3991	cume_dist_final	f	i	f	f	701	2281 2276	2276	0	2281 2276	iv		hypothetical_cume_dist_final	12	f	s	1	0
        3992	dense_rank	a	i	f	f	20	2276	2276	0	2276	v		aggregate_dummy	12	f	s	1	0
        3993	dense_rank_final	f	i	f	f	20	2281 2276	2276	0	2281 2276	iv		hypothetical_dense_rank_final	12	f	s	1	0
        3994	generate_series_int4_support	f	i	t	f	2281	2281	0	0				generate_series_int4_support	12	f	s	1	0
        3995	generate_series_int8_support	f	i	t	f	2281	2281	0	0				generate_series_int8_support	12	f	s	1	0
        3996	array_unnest_support	f	i	t	f	2281	2281	0	0				array_unnest_support	12	f	s	1	0
        3999	brin_summarize_range	f	v	t	f	23	2205 20	0	0				brin_summarize_range	12	f	u	1	0
        4014	brin_desummarize_range	f	v	t	f	2278	2205 20	0	0				brin_desummarize_range	12	f	u	1	0
        4018	spg_quad_config	f	i	t	f	2278	2281 2281	0	0				spg_quad_config	12	f	s	1	0
        4019	spg_quad_choose	f	i	t	f	2278	2281 2281	0	0				spg_quad_choose	12	f	s	1	0
        4020	spg_quad_picksplit	f	i	t	f	2278	2281 2281	0	0				spg_quad_picksplit	12	f	s	1	0
        4021	spg_quad_inner_consistent	f	i	t	f	2278	2281 2281	0	0				spg_quad_inner_consistent	12	f	s	1	0
        4022	spg_quad_leaf_consistent	f	i	t	f	16	2281 2281	0	0				spg_quad_leaf_consistent	12	f	s	1	0
        4023	spg_kd_config	f	i	t	f	2278	2281 2281	0	0				spg_kd_config	12	f	s	1	0
        4024	spg_kd_choose	f	i	t	f	2278	2281 2281	0	0				spg_kd_choose	12	f	s	1	0
        4025	spg_kd_picksplit	f	i	t	f	2278	2281 2281	0	0				spg_kd_picksplit	12	f	s	1	0
        4026	spg_kd_inner_consistent	f	i	t	f	2278	2281 2281	0	0				spg_kd_inner_consistent	12	f	s	1	0
        4027	spg_text_config	f	i	t	f	2278	2281 2281	0	0				spg_text_config	12	f	s	1	0
        4028	spg_text_choose	f	i	t	f	2278	2281 2281	0	0				spg_text_choose	12	f	s	1	0
        4029	spg_text_picksplit	f	i	t	f	2278	2281 2281	0	0				spg_text_picksplit	12	f	s	1	0
        4030	spg_text_inner_consistent	f	i	t	f	2278	2281 2281	0	0				spg_text_inner_consistent	12	f	s	1	0
        4031	spg_text_leaf_consistent	f	i	t	f	16	2281 2281	0	0				spg_text_leaf_consistent	12	f	s	1	0
        4032	pg_sequence_last_value	f	v	t	f	20	2205	0	0				pg_sequence_last_value	12	f	u	1	0
        4038	jsonb_ne	f	i	t	f	16	3802 3802	0	0				jsonb_ne	12	f	s	1	0
        4039	jsonb_lt	f	i	t	f	16	3802 3802	0	0				jsonb_lt	12	f	s	1	0
        4040	jsonb_gt	f	i	t	f	16	3802 3802	0	0				jsonb_gt	12	f	s	1	0
        4041	jsonb_le	f	i	t	f	16	3802 3802	0	0				jsonb_le	12	f	s	1	0
        4042	jsonb_ge	f	i	t	f	16	3802 3802	0	0				jsonb_ge	12	f	s	1	0
        4043	jsonb_eq	f	i	t	f	16	3802 3802	0	0				jsonb_eq	12	f	s	1	0
        4044	jsonb_cmp	f	i	t	f	23	3802 3802	0	0				jsonb_cmp	12	f	s	1	0
        4045	jsonb_hash	f	i	t	f	23	3802	0	0				jsonb_hash	12	f	s	1	0
        4046	jsonb_contains	f	i	t	f	16	3802 3802	0	0				jsonb_contains	12	f	s	1	0
        4047	jsonb_exists	f	i	t	f	16	3802 25	0	0				jsonb_exists	12	f	s	1	0
        4048	jsonb_exists_any	f	i	t	f	16	3802 1009	0	0				jsonb_exists_any	12	f	s	1	0
        4049	jsonb_exists_all	f	i	t	f	16	3802 1009	0	0				jsonb_exists_all	12	f	s	1	0
        4050	jsonb_contained	f	i	t	f	16	3802 3802	0	0				jsonb_contained	12	f	s	1	0
        4051	array_agg_array_transfn	f	i	f	f	2281	2281 2277	0	0				array_agg_array_transfn	12	f	s	1	0
        4052	array_agg_array_finalfn	f	i	f	f	2277	2281 2277	0	0				array_agg_array_finalfn	12	f	s	1	0
        4053	array_agg	a	i	f	f	2277	2277	0	0				aggregate_dummy	12	f	s	1	0
        4083	binary_upgrade_set_record_init_privs	f	v	t	f	2278	16	0	0				binary_upgrade_set_record_init_privs	12	f	r	1	0
        4084	regnamespacein	f	s	t	f	4089	2275	0	0				regnamespacein	12	f	s	1	0
        4085	regnamespaceout	f	s	t	f	2275	4089	0	0				regnamespaceout	12	f	s	1	0
        4086	to_regnamespace	f	s	t	f	4089	25	0	0				to_regnamespace	12	f	s	1	0
        4087	regnamespacerecv	f	i	t	f	4089	2281	0	0				regnamespacerecv	12	f	s	1	0
        4088	regnamespacesend	f	i	t	f	17	4089	0	0				regnamespacesend	12	f	s	1	0
        4092	regroleout	f	s	t	f	2275	4096	0	0				regroleout	12	f	s	1	0
        4093	to_regrole	f	s	t	f	4096	25	0	0				to_regrole	12	f	s	1	0
        4094	regrolerecv	f	i	t	f	4096	2281	0	0				regrolerecv	12	f	s	1	0
        4095	regrolesend	f	i	t	f	17	4096	0	0				regrolesend	12	f	s	1	0
        4098	regrolein	f	s	t	f	4096	2275	0	0				regrolein	12	f	s	1	0
        4099	pg_rotate_logfile_old	f	v	t	f	16		0	0				pg_rotate_logfile	12	f	s	1	0
        4100	pg_read_file_old	f	v	t	f	25	25 20 20	0	0				pg_read_file	12	f	s	1	0
        4101	binary_upgrade_set_missing_value	f	v	t	f	2278	26 25 25	0	0				binary_upgrade_set_missing_value	12	f	u	1	0
        4105	brin_inclusion_opcinfo	f	i	t	f	2281	2281	0	0				brin_inclusion_opcinfo	12	f	s	1	0
        4106	brin_inclusion_add_value	f	i	t	f	16	2281 2281 2281 2281	0	0				brin_inclusion_add_value	12	f	s	1	0
        4107	brin_inclusion_consistent	f	i	t	f	16	2281 2281 2281	0	0				brin_inclusion_consistent	12	f	s	1	0
        4108	brin_inclusion_union	f	i	t	f	16	2281 2281 2281	0	0				brin_inclusion_union	12	f	s	1	0
        4126	in_range	f	i	t	f	16	20 20 20 16 16	0	0				in_range_int8_int8	12	f	s	1	0
        4127	in_range	f	i	t	f	16	23 23 20 16 16	0	0				in_range_int4_int8	12	f	s	1	0
        4128	in_range	f	i	t	f	16	23 23 23 16 16	0	0				in_range_int4_int4	12	f	s	1	0
        4129	in_range	f	i	t	f	16	23 23 21 16 16	0	0				in_range_int4_int2	12	f	s	1	0
        4130	in_range	f	i	t	f	16	21 21 20 16 16	0	0				in_range_int2_int8	12	f	s	1	0
        4131	in_range	f	i	t	f	16	21 21 23 16 16	0	0				in_range_int2_int4	12	f	s	1	0
        4132	in_range	f	i	t	f	16	21 21 21 16 16	0	0				in_range_int2_int2	12	f	s	1	0
        4133	in_range	f	i	t	f	16	1082 1082 1186 16 16	0	0				in_range_date_interval	12	f	s	1	0
        4134	in_range	f	i	t	f	16	1114 1114 1186 16 16	0	0				in_range_timestamp_interval	12	f	s	1	0
        4135	in_range	f	s	t	f	16	1184 1184 1186 16 16	0	0				in_range_timestamptz_interval	12	f	s	1	0
        4136	in_range	f	i	t	f	16	1186 1186 1186 16 16	0	0				in_range_interval_interval	12	f	s	1	0
        4137	in_range	f	i	t	f	16	1083 1083 1186 16 16	0	0				in_range_time_interval	12	f	s	1	0
        4138	in_range	f	i	t	f	16	1266 1266 1186 16 16	0	0				in_range_timetz_interval	12	f	s	1	0
        4139	in_range	f	i	t	f	16	701 701 701 16 16	0	0				in_range_float8_float8	12	f	s	1	0
        4140	in_range	f	i	t	f	16	700 700 701 16 16	0	0				in_range_float4_float8	12	f	s	1	0
        4141	in_range	f	i	t	f	16	1700 1700 1700 16 16	0	0				in_range_numeric_numeric	12	f	s	1	0
        4187	pg_lsn_larger	f	i	t	f	3220	3220 3220	0	0				pg_lsn_larger	12	f	s	1	0
        4188	pg_lsn_smaller	f	i	t	f	3220	3220 3220	0	0				pg_lsn_smaller	12	f	s	1	0
        4189	max	a	i	f	f	3220	3220	0	0				aggregate_dummy	12	f	s	1	0
        4190	min	a	i	f	f	3220	3220	0	0				aggregate_dummy	12	f	s	1	0
        4193	regcollationin	f	s	t	f	4191	2275	0	0				regcollationin	12	f	s	1	0
        4194	regcollationout	f	s	t	f	2275	4191	0	0				regcollationout	12	f	s	1	0
        4195	to_regcollation	f	s	t	f	4191	25	0	0				to_regcollation	12	f	s	1	0
        4196	regcollationrecv	f	i	t	f	4191	2281	0	0				regcollationrecv	12	f	s	1	0
        4197	regcollationsend	f	i	t	f	17	4191	0	0				regcollationsend	12	f	s	1	0
        4220	pg_copy_physical_replication_slot	f	v	t	f	2249	19 19 16	0	0	19 19 16 19 3220	iiioo	src_slot_name dst_slot_name temporary slot_name lsn	pg_copy_physical_replication_slot_a	12	f	u	1	0
        4221	pg_copy_physical_replication_slot	f	v	t	f	2249	19 19	0	0	19 19 19 3220	iioo	src_slot_name dst_slot_name slot_name lsn	pg_copy_physical_replication_slot_b	12	f	u	1	0
        4222	pg_copy_logical_replication_slot	f	v	t	f	2249	19 19 16 19	0	0	19 19 16 19 19 3220	iiiioo	src_slot_name dst_slot_name temporary plugin slot_name lsn	pg_copy_logical_replication_slot_a	12	f	u	1	0
        4223	pg_copy_logical_replication_slot	f	v	t	f	2249	19 19 16	0	0	19 19 16 19 3220	iiioo	src_slot_name dst_slot_name temporary slot_name lsn	pg_copy_logical_replication_slot_b	12	f	u	1	0
        4224	pg_copy_logical_replication_slot	f	v	t	f	2249	19 19	0	0	19 19 19 3220	iioo	src_slot_name dst_slot_name slot_name lsn	pg_copy_logical_replication_slot_c	12	f	u	1	0
        4242	multirange_typanalyze	f	s	t	f	16	2281	0	0				multirange_typanalyze	12	f	s	1	0
        4243	multirangesel	f	s	t	f	701	2281 26 2281 23	0	0				multirangesel	12	f	s	1	0
        4302	koi8r_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4303	mic_to_koi8r	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4304	iso_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4305	mic_to_iso	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4306	win1251_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4307	mic_to_win1251	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4308	win866_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4309	mic_to_win866	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4310	koi8r_to_win1251	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4311	win1251_to_koi8r	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4312	koi8r_to_win866	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4313	win866_to_koi8r	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4314	win866_to_win1251	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4315	win1251_to_win866	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4316	iso_to_koi8r	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4317	koi8r_to_iso	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4318	iso_to_win1251	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4319	win1251_to_iso	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4320	iso_to_win866	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4321	win866_to_iso	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4322	euc_cn_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4323	mic_to_euc_cn	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4324	euc_jp_to_sjis	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4325	sjis_to_euc_jp	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4326	euc_jp_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4327	sjis_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4328	mic_to_euc_jp	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4329	mic_to_sjis	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4330	euc_kr_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4331	mic_to_euc_kr	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4332	euc_tw_to_big5	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4333	big5_to_euc_tw	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4334	euc_tw_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4335	big5_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4336	mic_to_euc_tw	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4337	mic_to_big5	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4338	latin2_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4339	mic_to_latin2	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4340	win1250_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4341	mic_to_win1250	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4342	latin2_to_win1250	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4343	win1250_to_latin2	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4344	latin1_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4345	mic_to_latin1	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4346	latin3_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4347	mic_to_latin3	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4348	latin4_to_mic	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4349	mic_to_latin4	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4350	normalize	f	i	t	f	25	25 25	0	1				unicode_normalize_func	12	f	s	1	0
        4351	is_normalized	f	i	t	f	16	25 25	0	1				unicode_is_normalized	12	f	s	1	0
        4352	big5_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4353	utf8_to_big5	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4354	utf8_to_koi8r	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4355	koi8r_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4356	utf8_to_koi8u	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4357	koi8u_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4358	utf8_to_win	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4359	win_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4360	euc_cn_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4361	utf8_to_euc_cn	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4362	euc_jp_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4363	utf8_to_euc_jp	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4364	euc_kr_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4365	utf8_to_euc_kr	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4366	euc_tw_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4367	utf8_to_euc_tw	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4368	gb18030_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4369	utf8_to_gb18030	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4370	gbk_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4371	utf8_to_gbk	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4372	utf8_to_iso8859	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4373	iso8859_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4374	iso8859_1_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4375	utf8_to_iso8859_1	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4376	johab_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4377	utf8_to_johab	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4378	sjis_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4379	utf8_to_sjis	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4380	uhc_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4381	utf8_to_uhc	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4382	euc_jis_2004_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4383	utf8_to_euc_jis_2004	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4384	shift_jis_2004_to_utf8	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4385	utf8_to_shift_jis_2004	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4386	euc_jis_2004_to_shift_jis_2004	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4387	shift_jis_2004_to_euc_jis_2004	f	i	t	f	23	23 23 2275 2281 23 16	0	0					13	f	s	1	0
        4390	binary_upgrade_set_next_multirange_pg_type_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_multirange_pg_type_oid	12	f	r	1	0
        4391	binary_upgrade_set_next_multirange_array_pg_type_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_multirange_array_pg_type_oid	12	f	r	1	0
        4543	pg_log_backend_memory_contexts	f	v	t	f	16	23	0	0				pg_log_backend_memory_contexts	12	f	s	1	0
        4545	binary_upgrade_set_next_heap_relfilenode	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_heap_relfilenode	12	f	u	1	0
        4546	binary_upgrade_set_next_index_relfilenode	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_index_relfilenode	12	f	u	1	0
        4547	binary_upgrade_set_next_toast_relfilenode	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_toast_relfilenode	12	f	u	1	0
        4548	binary_upgrade_set_next_pg_tablespace_oid	f	v	t	f	2278	26	0	0				binary_upgrade_set_next_pg_tablespace_oid	12	f	u	1	0
        4566	pg_event_trigger_table_rewrite_oid	f	s	t	f	26		0	0	26	o	oid	pg_event_trigger_table_rewrite_oid	12	f	r	1	0
        4567	pg_event_trigger_table_rewrite_reason	f	s	t	f	23		0	0				pg_event_trigger_table_rewrite_reason	12	f	r	1	0
        4591	brin_bloom_opcinfo	f	i	t	f	2281	2281	0	0				brin_bloom_opcinfo	12	f	s	1	0
        4592	brin_bloom_add_value	f	i	t	f	16	2281 2281 2281 2281	0	0				brin_bloom_add_value	12	f	s	1	0
        4593	brin_bloom_consistent	f	i	t	f	16	2281 2281 2281 23	0	0				brin_bloom_consistent	12	f	s	1	0
        4594	brin_bloom_union	f	i	t	f	16	2281 2281 2281	0	0				brin_bloom_union	12	f	s	1	0
        4595	brin_bloom_options	f	i	f	f	2278	2281	0	0				brin_bloom_options	12	f	s	1	0
        4616	brin_minmax_multi_opcinfo	f	i	t	f	2281	2281	0	0				brin_minmax_multi_opcinfo	12	f	s	1	0
        4617	brin_minmax_multi_add_value	f	i	t	f	16	2281 2281 2281 2281	0	0				brin_minmax_multi_add_value	12	f	s	1	0
        4618	brin_minmax_multi_consistent	f	i	t	f	16	2281 2281 2281 23	0	0				brin_minmax_multi_consistent	12	f	s	1	0
        4619	brin_minmax_multi_union	f	i	t	f	16	2281 2281 2281	0	0				brin_minmax_multi_union	12	f	s	1	0
        4620	brin_minmax_multi_options	f	i	f	f	2278	2281	0	0				brin_minmax_multi_options	12	f	s	1	0
        4621	brin_minmax_multi_distance_int2	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_int2	12	f	s	1	0
        4622	brin_minmax_multi_distance_int4	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_int4	12	f	s	1	0
        4623	brin_minmax_multi_distance_int8	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_int8	12	f	s	1	0
        4624	brin_minmax_multi_distance_float4	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_float4	12	f	s	1	0
        4625	brin_minmax_multi_distance_float8	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_float8	12	f	s	1	0
        4626	brin_minmax_multi_distance_numeric	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_numeric	12	f	s	1	0
        4627	brin_minmax_multi_distance_tid	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_tid	12	f	s	1	0
        4628	brin_minmax_multi_distance_uuid	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_uuid	12	f	s	1	0
        4629	brin_minmax_multi_distance_date	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_date	12	f	s	1	0
        4630	brin_minmax_multi_distance_time	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_time	12	f	s	1	0
        4631	brin_minmax_multi_distance_interval	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_interval	12	f	s	1	0
        4632	brin_minmax_multi_distance_timetz	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_timetz	12	f	s	1	0
        4633	brin_minmax_multi_distance_pg_lsn	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_pg_lsn	12	f	s	1	0
        4634	brin_minmax_multi_distance_macaddr	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_macaddr	12	f	s	1	0
        4635	brin_minmax_multi_distance_macaddr8	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_macaddr8	12	f	s	1	0
        4636	brin_minmax_multi_distance_inet	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_inet	12	f	s	1	0
        4637	brin_minmax_multi_distance_timestamp	f	i	t	f	701	2281 2281	0	0				brin_minmax_multi_distance_timestamp	12	f	s	1	0
        5010	spg_bbox_quad_config	f	i	t	f	2278	2281 2281	0	0				spg_bbox_quad_config	12	f	s	1	0
        5012	spg_box_quad_config	f	i	t	f	2278	2281 2281	0	0				spg_box_quad_config	12	f	s	1	0
        5013	spg_box_quad_choose	f	i	t	f	2278	2281 2281	0	0				spg_box_quad_choose	12	f	s	1	0
        5014	spg_box_quad_picksplit	f	i	t	f	2278	2281 2281	0	0				spg_box_quad_picksplit	12	f	s	1	0
        5015	spg_box_quad_inner_consistent	f	i	t	f	2278	2281 2281	0	0				spg_box_quad_inner_consistent	12	f	s	1	0
        5016	spg_box_quad_leaf_consistent	f	i	t	f	16	2281 2281	0	0				spg_box_quad_leaf_consistent	12	f	s	1	0
        5022	pg_lsn_pli	f	i	t	f	3220	3220 1700	0	0				pg_lsn_pli	12	f	s	1	0
        5023	numeric_pl_pg_lsn	f	i	t	f	3220	1700 3220	0	0					14	f	s	1	0
        5024	pg_lsn_mii	f	i	t	f	3220	3220 1700	0	0				pg_lsn_mii	12	f	s	1	0
        5028	satisfies_hash_partition	f	i	f	f	16	26 23 23 2276	2276	0		iiiv		satisfies_hash_partition	12	f	s	1	0
        5029	pg_ls_tmpdir	f	v	t	t	2249		0	0	25 20 1184	ooo	name size modification	pg_ls_tmpdir_noargs	12	f	s	10	20
        5030	pg_ls_tmpdir	f	v	t	t	2249	26	0	0	26 25 20 1184	iooo	tablespace name size modification	pg_ls_tmpdir_1arg	12	f	s	10	20
        5031	pg_ls_archive_statusdir	f	v	t	t	2249		0	0	25 20 1184	ooo	name size modification	pg_ls_archive_statusdir	12	f	s	10	20
        5033	network_sortsupport	f	i	t	f	2278	2281	0	0				network_sortsupport	12	f	s	1	0
        5034	xid8lt	f	i	t	f	16	5069 5069	0	0				xid8lt	12	t	s	1	0
        5035	xid8gt	f	i	t	f	16	5069 5069	0	0				xid8gt	12	t	s	1	0
        5036	xid8le	f	i	t	f	16	5069 5069	0	0				xid8le	12	t	s	1	0
        5037	xid8ge	f	i	t	f	16	5069 5069	0	0				xid8ge	12	t	s	1	0
        5040	matchingsel	f	s	t	f	701	2281 26 2281 23	0	0				matchingsel	12	f	s	1	0
        5041	matchingjoinsel	f	s	t	f	701	2281 26 2281 21 2281	0	0				matchingjoinsel	12	f	s	1	0
        5042	min_scale	f	i	t	f	23	1700	0	0				numeric_min_scale	12	f	s	1	0
        5043	trim_scale	f	i	t	f	1700	1700	0	0				numeric_trim_scale	12	f	s	1	0
        5044	gcd	f	i	t	f	23	23 23	0	0				int4gcd	12	f	s	1	0
        5045	gcd	f	i	t	f	20	20 20	0	0				int8gcd	12	f	s	1	0
        5046	lcm	f	i	t	f	23	23 23	0	0				int4lcm	12	f	s	1	0
        5047	lcm	f	i	t	f	20	20 20	0	0				int8lcm	12	f	s	1	0
        5048	gcd	f	i	t	f	1700	1700 1700	0	0				numeric_gcd	12	f	s	1	0
        5049	lcm	f	i	t	f	1700	1700 1700	0	0				numeric_lcm	12	f	s	1	0
        5050	btvarstrequalimage	f	i	t	f	16	26	0	0				btvarstrequalimage	12	f	s	1	0
        5051	btequalimage	f	i	t	f	16	26	0	0				btequalimage	12	f	s	1	0
        5052	pg_get_shmem_allocations	f	v	t	t	2249		0	0	25 20 20 20	oooo	name off size allocated_size	pg_get_shmem_allocations	12	f	s	1	50
        5053	pg_stat_get_ins_since_vacuum	f	s	t	f	20	26	0	0				pg_stat_get_ins_since_vacuum	12	f	r	1	0
        5054	jsonb_set_lax	f	i	f	f	3802	3802 1009 3802 16 25	0	2			jsonb_in path replacement create_if_missing null_value_treatment	jsonb_set_lax	12	f	s	1	0
        5059	pg_current_xact_id	f	s	t	f	5069		0	0				pg_current_xact_id	12	f	u	1	0
        5060	pg_current_xact_id_if_assigned	f	s	t	f	5069		0	0				pg_current_xact_id_if_assigned	12	f	u	1	0
        5066	pg_xact_status	f	v	t	f	25	5069	0	0				pg_xact_status	12	f	s	1	0
        5070	xid8in	f	i	t	f	5069	2275	0	0				xid8in	12	f	s	1	0
        5071	xid	f	i	t	f	28	5069	0	0				xid8toxid	12	f	s	1	0
        5081	xid8out	f	i	t	f	2275	5069	0	0				xid8out	12	f	s	1	0
        5082	xid8recv	f	i	t	f	5069	2281	0	0				xid8recv	12	f	s	1	0
        5083	xid8send	f	i	t	f	17	5069	0	0				xid8send	12	f	s	1	0
        5084	xid8eq	f	i	t	f	16	5069 5069	0	0				xid8eq	12	t	s	1	0
        5085	xid8ne	f	i	t	f	16	5069 5069	0	0				xid8ne	12	t	s	1	0
        5086	anycompatible_in	f	i	t	f	5077	2275	0	0				anycompatible_in	12	f	s	1	0
        5087	anycompatible_out	f	i	t	f	2275	5077	0	0				anycompatible_out	12	f	s	1	0
        5088	anycompatiblearray_in	f	i	t	f	5078	2275	0	0				anycompatiblearray_in	12	f	s	1	0
        5089	anycompatiblearray_out	f	s	t	f	2275	5078	0	0				anycompatiblearray_out	12	f	s	1	0
        5090	anycompatiblearray_recv	f	s	t	f	5078	2281	0	0				anycompatiblearray_recv	12	f	s	1	0
        5091	anycompatiblearray_send	f	s	t	f	17	5078	0	0				anycompatiblearray_send	12	f	s	1	0
        5092	anycompatiblenonarray_in	f	i	t	f	5079	2275	0	0				anycompatiblenonarray_in	12	f	s	1	0
        5093	anycompatiblenonarray_out	f	i	t	f	2275	5079	0	0				anycompatiblenonarray_out	12	f	s	1	0
        5096	xid8cmp	f	i	t	f	23	5069 5069	0	0				xid8cmp	12	t	s	1	0
        5097	xid8_larger	f	i	t	f	5069	5069 5069	0	0				xid8_larger	12	f	s	1	0
        5098	xid8_smaller	f	i	t	f	5069	5069 5069	0	0				xid8_smaller	12	f	s	1	0
        5099	max	a	i	f	f	5069	5069	0	0				aggregate_dummy	12	f	s	1	0
        5100	min	a	i	f	f	5069	5069	0	0				aggregate_dummy	12	f	s	1	0
        6003	pg_replication_origin_create	f	v	t	f	26	25	0	0				pg_replication_origin_create	12	f	u	1	0
        6004	pg_replication_origin_drop	f	v	t	f	2278	25	0	0				pg_replication_origin_drop	12	f	u	1	0
        6005	pg_replication_origin_oid	f	s	t	f	26	25	0	0				pg_replication_origin_oid	12	f	s	1	0
        6006	pg_replication_origin_session_setup	f	v	t	f	2278	25	0	0				pg_replication_origin_session_setup	12	f	u	1	0
        6007	pg_replication_origin_session_reset	f	v	t	f	2278		0	0				pg_replication_origin_session_reset	12	f	u	1	0
        6008	pg_replication_origin_session_is_setup	f	v	t	f	16		0	0				pg_replication_origin_session_is_setup	12	f	r	1	0
        6009	pg_replication_origin_session_progress	f	v	t	f	3220	16	0	0				pg_replication_origin_session_progress	12	f	u	1	0
        6010	pg_replication_origin_xact_setup	f	v	t	f	2278	3220 1184	0	0				pg_replication_origin_xact_setup	12	f	r	1	0
        6011	pg_replication_origin_xact_reset	f	v	t	f	2278		0	0				pg_replication_origin_xact_reset	12	f	r	1	0
        6012	pg_replication_origin_advance	f	v	t	f	2278	25 3220	0	0				pg_replication_origin_advance	12	f	u	1	0
        6013	pg_replication_origin_progress	f	v	t	f	3220	25 16	0	0				pg_replication_origin_progress	12	f	u	1	0
        6014	pg_show_replication_origin_status	f	v	f	t	2249		0	0	26 25 3220 3220	oooo	local_id external_id remote_lsn local_lsn	pg_show_replication_origin_status	12	f	r	1	100
        6098	jsonb_subscript_handler	f	i	t	f	2281	2281	0	0				jsonb_subscript_handler	12	f	s	1	0
        6103	pg_lsn	f	i	t	f	3220	1700	0	0				numeric_pg_lsn	12	f	s	1	0
        6118	pg_stat_get_subscription	f	s	f	t	2249	26	0	0	26 26 26 23 3220 1184 1184 3220 1184	ioooooooo	subid subid relid pid received_lsn last_msg_send_time last_msg_receipt_time latest_end_lsn latest_end_time	pg_stat_get_subscription	12	f	r	1	10
        6119	pg_get_publication_tables	f	s	t	t	2249	25	0	0	25 26 22 194	iooo	pubname relid attrs qual	pg_get_publication_tables	12	f	s	1	1000
        6120	pg_get_replica_identity_index	f	s	t	f	2205	2205	0	0				pg_get_replica_identity_index	12	f	s	10	0
        6121	pg_relation_is_publishable	f	s	t	f	16	2205	0	0				pg_relation_is_publishable	12	f	s	1	0
        6156	multirange_gist_compress	f	i	t	f	2281	2281	0	0				multirange_gist_compress	12	f	s	1	0
        6159	pg_get_catalog_foreign_keys	f	s	t	t	2249		0	0	2205 1009 2205 1009 16 16	oooooo	fktable fkcols pktable pkcols is_array is_opt	pg_get_catalog_foreign_keys	12	f	s	10	250
        6160	string_to_table	f	i	f	t	25	25 25	0	0				text_to_table	12	f	s	1	1000
        6161	string_to_table	f	i	f	t	25	25 25 25	0	0				text_to_table_null	12	f	s	1	1000
        6163	bit_count	f	i	t	f	20	17	0	0				bytea_bit_count	12	f	s	1	0
        6164	bit_xor	a	i	f	f	21	21	0	0				aggregate_dummy	12	f	s	1	0
        6165	bit_xor	a	i	f	f	23	23	0	0				aggregate_dummy	12	f	s	1	0
        6166	bit_xor	a	i	f	f	20	20	0	0				aggregate_dummy	12	f	s	1	0
        6168	pg_xact_commit_timestamp_origin	f	v	t	f	2249	28	0	0	28 1184 26	ioo	xid timestamp roident	pg_xact_commit_timestamp_origin	12	f	s	1	0
        6169	pg_stat_get_replication_slot	f	s	t	f	2249	25	0	0	25 25 20 20 20 20 20 20 20 20 1184	ioooooooooo	slot_name slot_name spill_txns spill_count spill_bytes stream_txns stream_count stream_bytes total_txns total_bytes stats_reset	pg_stat_get_replication_slot	12	f	r	1	0
        6170	pg_stat_reset_replication_slot	f	v	f	f	2278	25	0	0				pg_stat_reset_replication_slot	12	f	s	1	0
        6172	trim_array	f	i	t	f	2277	2277 23	0	0				trim_array	12	f	s	1	0
        6173	pg_get_statisticsobjdef_expressions	f	s	t	f	1009	26	0	0				pg_get_statisticsobjdef_expressions	12	f	s	1	0
        6174	pg_get_statisticsobjdef_columns	f	s	t	f	25	26	0	0				pg_get_statisticsobjdef_columns	12	f	s	1	0
        6177	date_bin	f	i	t	f	1114	1186 1114 1114	0	0				timestamp_bin	12	f	s	1	0
        6178	date_bin	f	i	t	f	1184	1186 1184 1184	0	0				timestamptz_bin	12	f	s	1	0
        6179	array_subscript_handler	f	i	t	f	2281	2281	0	0				array_subscript_handler	12	f	s	1	0
        6180	raw_array_subscript_handler	f	i	t	f	2281	2281	0	0				raw_array_subscript_handler	12	f	s	1	0
        6185	pg_stat_get_db_session_time	f	s	t	f	701	26	0	0				pg_stat_get_db_session_time	12	f	r	1	0
        6186	pg_stat_get_db_active_time	f	s	t	f	701	26	0	0				pg_stat_get_db_active_time	12	f	r	1	0
        6187	pg_stat_get_db_idle_in_transaction_time	f	s	t	f	701	26	0	0				pg_stat_get_db_idle_in_transaction_time	12	f	r	1	0
        6188	pg_stat_get_db_sessions	f	s	t	f	20	26	0	0				pg_stat_get_db_sessions	12	f	r	1	0
        6189	pg_stat_get_db_sessions_abandoned	f	s	t	f	20	26	0	0				pg_stat_get_db_sessions_abandoned	12	f	r	1	0
        6190	pg_stat_get_db_sessions_fatal	f	s	t	f	20	26	0	0				pg_stat_get_db_sessions_fatal	12	f	r	1	0
        6191	pg_stat_get_db_sessions_killed	f	s	t	f	20	26	0	0				pg_stat_get_db_sessions_killed	12	f	r	1	0
        6192	hash_record	f	i	t	f	23	2249	0	0				hash_record	12	f	s	1	0
        6193	hash_record_extended	f	i	t	f	20	2249 20	0	0				hash_record_extended	12	f	s	1	0
        6195	ltrim	f	i	t	f	17	17 17	0	0				bytealtrim	12	f	s	1	0
        6196	rtrim	f	i	t	f	17	17 17	0	0				byteartrim	12	f	s	1	0
        6197	pg_get_function_sqlbody	f	s	t	f	25	26	0	0				pg_get_function_sqlbody	12	f	s	1	0
        6198	unistr	f	i	t	f	25	25	0	0				unistr	12	f	s	1	0
        6199	extract	f	i	t	f	1700	25 1082	0	0				extract_date	12	f	s	1	0
        6200	extract	f	i	t	f	1700	25 1083	0	0				extract_time	12	f	s	1	0
        6201	extract	f	i	t	f	1700	25 1266	0	0				extract_timetz	12	f	s	1	0
        6202	extract	f	i	t	f	1700	25 1114	0	0				extract_timestamp	12	f	s	1	0
        6203	extract	f	s	t	f	1700	25 1184	0	0				extract_timestamptz	12	f	s	1	0
        6204	extract	f	i	t	f	1700	25 1186	0	0				extract_interval	12	f	s	1	0
        6205	has_parameter_privilege	f	s	t	f	16	19 25 25	0	0				has_parameter_privilege_name_name	12	f	s	1	0
        6206	has_parameter_privilege	f	s	t	f	16	26 25 25	0	0				has_parameter_privilege_id_name	12	f	s	1	0
        6207	has_parameter_privilege	f	s	t	f	16	25 25	0	0				has_parameter_privilege_name	12	f	s	1	0
        6224	pg_get_wal_resource_managers	f	v	t	t	2249		0	0	23 25 16	ooo	rm_id rm_name rm_builtin	pg_get_wal_resource_managers	12	f	s	1	50
        6230	pg_stat_have_stats	f	v	t	f	16	25 26 26	0	0				pg_stat_have_stats	12	f	r	1	0
        6231	pg_stat_get_subscription_stats	f	s	t	f	2249	26	0	0	26 26 20 20 1184	ioooo	subid subid apply_error_count sync_error_count stats_reset	pg_stat_get_subscription_stats	12	f	r	1	0
        6232	pg_stat_reset_subscription_stats	f	v	f	f	2278	26	0	0				pg_stat_reset_subscription_stats	12	f	s	1	0
        6233	window_row_number_support	f	i	t	f	2281	2281	0	0				window_row_number_support	12	f	s	1	0
        6234	window_rank_support	f	i	t	f	2281	2281	0	0				window_rank_support	12	f	s	1	0
        6235	window_dense_rank_support	f	i	t	f	2281	2281	0	0				window_dense_rank_support	12	f	s	1	0
        6236	int8inc_support	f	i	t	f	2281	2281	0	0				int8inc_support	12	f	s	1	0
        6240	pg_settings_get_flags	f	s	t	f	1009	25	0	0				pg_settings_get_flags	12	f	s	1	0
        6241	pg_stop_making_pinned_objects	f	v	t	f	2278		0	0				pg_stop_making_pinned_objects	12	f	u	1	0
        6242	text_starts_with_support	f	i	t	f	2281	2281	0	0				text_starts_with_support	12	f	s	1	0
        6248	pg_stat_get_recovery_prefetch	f	v	t	t	2249		0	0	1184 20 20 20 20 20 20 23 23 23	oooooooooo	stats_reset prefetch hit skip_init skip_new skip_fpw skip_rep wal_distance block_distance io_depth	pg_stat_get_recovery_prefetch	12	f	s	1	1
        6249	pg_database_collation_actual_version	f	v	t	f	25	26	0	0				pg_database_collation_actual_version	12	f	s	100	0
        6250	pg_ident_file_mappings	f	v	t	t	2249		0	0	23 25 25 25 25	ooooo	line_number map_name sys_name pg_username error	pg_ident_file_mappings	12	f	s	1	1000
        6251	regexp_replace	f	i	t	f	25	25 25 25 23 23 25	0	0				textregexreplace_extended	12	f	s	1	0
        6252	regexp_replace	f	i	t	f	25	25 25 25 23 23	0	0				textregexreplace_extended_no_flags	12	f	s	1	0
        6253	regexp_replace	f	i	t	f	25	25 25 25 23	0	0				textregexreplace_extended_no_n	12	f	s	1	0
        6254	regexp_count	f	i	t	f	23	25 25	0	0				regexp_count_no_start	12	f	s	1	0
        6255	regexp_count	f	i	t	f	23	25 25 23	0	0				regexp_count_no_flags	12	f	s	1	0
        6256	regexp_count	f	i	t	f	23	25 25 23 25	0	0				regexp_count	12	f	s	1	0
        6257	regexp_instr	f	i	t	f	23	25 25	0	0				regexp_instr_no_start	12	f	s	1	0
        6258	regexp_instr	f	i	t	f	23	25 25 23	0	0				regexp_instr_no_n	12	f	s	1	0
        6259	regexp_instr	f	i	t	f	23	25 25 23 23	0	0				regexp_instr_no_endoption	12	f	s	1	0
        6260	regexp_instr	f	i	t	f	23	25 25 23 23 23	0	0				regexp_instr_no_flags	12	f	s	1	0
        6261	regexp_instr	f	i	t	f	23	25 25 23 23 23 25	0	0				regexp_instr_no_subexpr	12	f	s	1	0
        6262	regexp_instr	f	i	t	f	23	25 25 23 23 23 25 23	0	0				regexp_instr	12	f	s	1	0
        6263	regexp_like	f	i	t	f	16	25 25	0	0				regexp_like_no_flags	12	f	s	1	0
        6264	regexp_like	f	i	t	f	16	25 25 25	0	0				regexp_like	12	f	s	1	0
        6265	regexp_substr	f	i	t	f	25	25 25	0	0				regexp_substr_no_start	12	f	s	1	0
        6266	regexp_substr	f	i	t	f	25	25 25 23	0	0				regexp_substr_no_n	12	f	s	1	0
        6267	regexp_substr	f	i	t	f	25	25 25 23 23	0	0				regexp_substr_no_flags	12	f	s	1	0
        6268	regexp_substr	f	i	t	f	25	25 25 23 23 25	0	0				regexp_substr_no_subexpr	12	f	s	1	0
        6269	regexp_substr	f	i	t	f	25	25 25 23 23 25 23	0	0				regexp_substr	12	f	s	1	0
        6270	pg_ls_logicalsnapdir	f	v	t	t	2249		0	0	25 20 1184	ooo	name size modification	pg_ls_logicalsnapdir	12	f	s	10	20
        6271	pg_ls_logicalmapdir	f	v	t	t	2249		0	0	25 20 1184	ooo	name size modification	pg_ls_logicalmapdir	12	f	s	10	20
        6272	pg_ls_replslotdir	f	v	t	t	2249	25	0	0	25 25 20 1184	iooo	slot_name name size modification	pg_ls_replslotdir	12	f	s	10	20
        """u8;
}
