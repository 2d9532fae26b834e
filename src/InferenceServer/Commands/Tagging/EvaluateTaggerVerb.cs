using System.CommandLine;
using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.Perf.Figures;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary><c>evaluate tagger</c>: the classification report of a checkpoint on tagged texts.</summary>
internal static class EvaluateTaggerVerb
{
    private const string Help = """
        Measures a tagger: precision, recall and F1 of whole mentions for each label, micro and macro.

        Examples:
          kp-inference evaluate tagger --model models/tagger/cluener
          kp-inference evaluate tagger --model downloads/bert-ner --data test.bmes --name mine --output mine.jsonl
        """;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var model = new Option<DirectoryInfo>("--model") { Description = "Checkpoint folder: a published version, or one of Hugging Face.", Required = true };
        var data = new Option<FileInfo?>("--data") { Description = "Tagged texts. Default: cluener/dev.jsonl in KP_DATA_DIR or ../shared/data." };
        var format = new Option<TaggedFormat>("--format") { Description = "How the texts are written.", DefaultValueFactory = _ => TaggedFormat.Auto };
        var name = new Option<string?>("--name") { Description = "Name of the data set in the results. Default: the file's name." };
        var output = new Option<FileInfo?>("--output") { Description = "Where the figures go as JSON Lines, such as perf/results/eval-tagger.jsonl. Default: nowhere." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var verb = new Command("tagger", Help) { model, data, format, name, output, device };
        verb.SetAction((parsed, cancellationToken) => Task.FromResult(TaggerFaults.Run(console, parsed.GetValue(device)!, runtime =>
        {
            var source = parsed.GetValue(data)?.FullName ?? TaggerData.Cluener("dev.jsonl");
            var texts = TaggerData.Tagged(console, source, parsed.GetValue(format));
            using var runner = new TaggerRunner(TaggerFolder.Read(parsed.GetValue(model)!.FullName, runtime.Device));
            var scores = TaggerEvaluator.Run(runner, texts, cancellationToken);
            var set = parsed.GetValue(name) ?? (parsed.GetValue(data) is null ? TaggerData.CluenerName : Path.GetFileNameWithoutExtension(source));
            TaggerReportTable.Write(console, $"{set}: {texts.Count} texts, whole mentions", scores);
            foreach (var (peer, published) in PublishedTagger.Of(set))
            {
                console.WriteLine(FormattableString.Invariant($"beside {peer}: {published:F3}, ours {scores.Macro.F1:F4}"));
            }

            if (parsed.GetValue(output) is { } file)
            {
                new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), time).WriteFile(file.FullName, TaggerReportTable.Figures(set, scores));
                console.WriteLine($"Figures are in {file.FullName}");
            }
        })));
        return verb;
    }
}
