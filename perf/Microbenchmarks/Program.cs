using KpGrpc.Microbenchmarks;
using KpGrpc.Microbenchmarks.Log;
using KpGrpc.Microbenchmarks.Recommending;
using KpGrpc.Perf.Figures;

if (args is not ["perf-log" or "perf-recommend", ..] || args.Length > 2)
{
    Console.Error.WriteLine("Usage: perf-log | perf-recommend [path of the JSON Lines file, default perf/results/VERB.jsonl]");
    return 2;
}

var clock = new Stopclock(TimeProvider.System);
IReadOnlyList<Figure> figures;
if (args[0] == "perf-log")
{
    using var benchmark = new LogBenchmark(clock);
    figures = benchmark.Run();
}
else
{
    var benchmark = new RecommendBenchmark(clock);
    figures = [.. benchmark.Run(100_000), .. benchmark.Run(1_000_000)];
}

FigureTable.Write(Console.Out, figures);
var path = args.Length == 2 ? args[1] : $"perf/results/{args[0]}.jsonl";
new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), TimeProvider.System).WriteFile(path, figures);
Console.Out.WriteLine($"Written to {path}");
return 0;
