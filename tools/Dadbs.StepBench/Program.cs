// Processor time of each step of a transaction's way, one thread, no network: the rows of the cost table in docs/performance.md.
// Dadbs.StepBench [PART OF A NAME [TIMES]]: only the steps whose names contain it, and so many times as long, for a profiler.
using Dadbs.StepBench;

Step.Only = args.Length > 0 ? args[0] : "";
Step.Times = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
using var chain = new BenchChain(rows: 100_000);
Console.WriteLine($"{"step",-44} {"µs of CPU",10} {"bytes allocated",16}");
Step.Measure("parse, upsert of 100 bytes", 20_000, chain.Parse);
Step.Measure("prepare from the plan cache", 50_000, chain.PrepareCached);
Step.Measure("point read by key, cached plan", 50_000, chain.PointRead);
Step.Measure("simple text: point read, planned as written", 20_000, chain.SimpleReadAsWritten);
Step.Measure("simple text: point read by shape", 50_000, chain.SimpleRead);
Step.Measure("TPC-B's five texts, planned as written", 5_000, chain.PrepareTpcBAsWritten);
Step.Measure("TPC-B's five texts, prepared by shape", 20_000, chain.PrepareTpcB);
Step.Measure("simple text: replay an upsert as written", 200, chain.ReplaySimpleAsWritten, perCall: BenchChain.BatchTransactions);
Step.Measure("simple text: replay an upsert by shape", 400, chain.ReplaySimple, perCall: BenchChain.BatchTransactions);
Step.Measure("encode a transaction body", 50_000, chain.EncodeBody);
Step.Measure("sign, per transaction of a batch of 32", 200, chain.SignBatch, perCall: BenchChain.BatchTransactions);
Step.Measure("verify, per transaction of a batch of 32", 200, chain.VerifyBatch, perCall: BenchChain.BatchTransactions);
Step.Measure("replay an upsert on the block's overlay", 400, chain.ReplayBlock, perCall: BenchChain.BatchTransactions);
Step.Measure("execute a block of 32 upserts, per upsert", 400, chain.ExecuteBlock, perCall: BenchChain.BatchTransactions, prepare: chain.PrepareBlocks);
Step.Measure("COPY: replay, per row", 10, chain.ReplayCopy, perCall: BenchChain.CopyRows);
Step.Measure("COPY: execute a block, per row", 10, chain.ExecuteCopy, perCall: BenchChain.CopyRows);
