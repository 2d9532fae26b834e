using System.CommandLine;
using System.Globalization;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>
/// <c>import tagger</c> and <c>export tagger</c>: both read a checkpoint folder of Hugging Face, check it, and write one with
/// <c>model.safetensors</c>. They differ in name alone, as what is read and written is the same format.
/// </summary>
internal static class CopyTaggerVerb
{
    /// <summary>Builds <c>import tagger</c>.</summary>
    public static Command Import(IAnsiConsole console) => Create(
        console,
        """
        Takes over a Hugging Face checkpoint of a BERT for token classification (config.json, vocab.txt, model.safetensors or pytorch_model.bin).

        Example:
          kp-inference import tagger --from downloads/bert-ner --to models/tagger-import
        """);

    /// <summary>Builds <c>export tagger</c>.</summary>
    public static Command Export(IAnsiConsole console) => Create(
        console,
        """
        Writes a tagger as a folder that Transformers opens (BertForTokenClassification.from_pretrained).
        A CRF goes beside it as crf.safetensors, which Transformers leaves alone.

        Example:
          kp-inference export tagger --from models/tagger/cluener --to exported
        """);

    private static Command Create(IAnsiConsole console, string help)
    {
        var from = new Option<DirectoryInfo>("--from") { Description = "Folder that is read.", Required = true };
        var to = new Option<DirectoryInfo>("--to") { Description = "Folder that is written.", Required = true };
        var verb = new Command("tagger", help) { from, to };
        verb.SetAction((parsed, _) => Task.FromResult(TaggerFaults.Run(console, "cpu", runtime =>
        {
            using var model = TaggerFolder.Read(parsed.GetValue(from)!.FullName, runtime.Device);
            var target = parsed.GetValue(to)!.FullName;
            TaggerFolder.Write(target, model);
            var settings = model.Network.Settings;
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{settings.Layers} layers of {settings.Hidden}, {settings.VocabularySize} tokens, {model.Tags.Labels.Count} labels ({string.Join(", ", model.Tags.Labels.Take(12))}): written to {target}"));
        })));
        return verb;
    }
}
