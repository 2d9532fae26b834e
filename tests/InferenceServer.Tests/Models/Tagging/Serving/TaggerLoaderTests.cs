using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Serving;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Training;
using KpGrpc.Protos.Inference;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Testing;
using TorchSharp;
using TaggedText = KpGrpc.InferenceServer.Models.Tagging.Data.TaggedText;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Serving;

public sealed class TaggerLoaderTests : IClassFixture<LoadedTorch>
{
    private static readonly TaggedText[] Texts = [new("王教授在北京讲课", [new Span(0, 1, "name"), new Span(4, 6, "address")]), new("腾讯公司", [new Span(0, 4, "company")])];

    [Fact]
    public async Task Load_APublishedCheckpoint_TagsTextsByCodePoints()
    {
        using var folder = new TemporaryDirectory();
        Publish(folder);
        await using var server = await RunningServer.StartAsync(folder);
        var open = new GRPCInferenceService.GRPCInferenceServiceClient(server.Server.Channel);
        await TimeLimit.UntilAsync(async () => (await open.ServerReadyAsync(new ServerReadyRequest(), RunningServer.Call)).Ready, "readiness");
        string[] texts = ["😀王教授在北京讲课", "腾讯公司", new string('课', 500)];

        var call = new ProfileService.ProfileServiceClient(server.Server.Channel).TagTextAsync(new TagTextRequest { Texts = { texts } }, RunningServer.Call);
        var answer = await call;

        Assert.Equal(("tagger", "v1"), (answer.Model.Name, answer.Model.Version));
        Assert.Equal([false, false, true], answer.Results.Select(result => result.Truncated));
        Assert.NotEmpty(answer.Results.SelectMany(result => result.Spans));
        foreach (var (text, result) in texts.Zip(answer.Results))
        {
            var points = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
            Assert.All(result.Spans, span => Assert.Equal(string.Concat(points[(int)span.Start..(int)span.End]), span.Text));
            Assert.All(result.Spans, span => Assert.Contains(span.Label, new[] { "name", "address", "company" }));
        }

        Assert.Equal("tagger/v1", call.GetTrailers().GetValue("kp-model"));
    }

    private static void Publish(TemporaryDirectory folder)
    {
        var options = new TaggerTrainingOptions { Layers = 1, Hidden = 16, Heads = 2, Intermediate = 16, OccurrencesMin = 1, Crf = false };
        using (var model = new TaggerTrainer(options, folder.Combine("work"), TimeProvider.System, new Progress<TrainingProgress>()).Fresh(new TaggedSplit(Texts, Texts), [], null, torch.CPU))
        {
            TaggerFolder.Write(folder.Combine("checkpoint"), model);
        }

        TaggerPublishing.Publish(
            new ModelFolders(folder.Combine("models")), folder.Combine("checkpoint"),
            new ModelCard { Name = "tagger", Version = "v1", Task = ModelTask.Tagging, Kind = TaggerLoader.KindName, PublishedAt = DateTimeOffset.UnixEpoch });
    }
}
