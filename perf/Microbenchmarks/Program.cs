using KpGrpc.Microbenchmarks;
using KpGrpc.Microbenchmarks.Log;
using KpGrpc.Perf.Figures;

if (args is not ["perf-log", ..] || args.Length > 2)
{
    Console.Error.WriteLine("Usage: perf-log [path of the JSON Lines file, default perf/results/perf-log.jsonl]");
    return 2;
}

using var benchmark = new LogBenchmark(new Stopclock(TimeProvider.System));
var figures = benchmark.Run();
FigureTable.Write(Console.Out, figures);
var path = args.Length == 2 ? args[1] : "perf/results/perf-log.jsonl";
new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), TimeProvider.System).WriteFile(path, figures);
Console.Out.WriteLine($"Written to {path}");
return 0;
