using System.Text.Json.Nodes;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Tests.Models.Tagging.Fixtures;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Checkpoints;

public sealed class TaggerFolderTests(LoadedTorch torchLoaded) : IClassFixture<LoadedTorch>, IDisposable
{
    private readonly TemporaryDirectory folder = new();

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_FileOfTorchSave_GivesTheSameLogits()
    {
        Fixture.Copy("absolute", folder.Path, "config.json", "vocab.txt", "pytorch_model.bin");

        Assert.Equal(LogitsOf(Fixture.Folder("absolute")), LogitsOf(folder.Path));
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("relative")]
    public void Write_ReadModel_GivesTheSameFilesAndLogits(string name)
    {
        using (var model = TaggerFolder.Read(Fixture.Folder(name), torchLoaded.Device))
        {
            TaggerFolder.Write(folder.Path, model);
        }

        Assert.Equal(LogitsOf(Fixture.Folder(name)), LogitsOf(folder.Path));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Fixture.Folder(name), "vocab.txt")), File.ReadAllBytes(folder.Combine("vocab.txt")));
        var (theirs, ours) = (Config(Fixture.Folder(name)), Config(folder.Path));
        foreach (var (field, value) in theirs)
        {
            Assert.True(JsonNode.DeepEquals(value, ours[field]), $"{field}: {value} became {ours[field]}");
        }
    }

    [Fact]
    public void ReadToTrain_TextsWithOtherLabels_GetAFreshHeadAndKeepTheEncoder()
    {
        using var random = new TorchRandom(torchLoaded.Device);
        using var model = TaggerFolder.ReadToTrain(
            Fixture.Folder("absolute"), ["course"], settings => settings, TagScheme.Bioes, crf: true, masked: true, random, torchLoaded.Device);

        Assert.Equal(["O", "B-course", "I-course", "E-course", "S-course"], model.Tags.Names);
        Assert.NotNull(model.Crf);
        using var whole = TaggerFolder.Read(Fixture.Folder("absolute"), torchLoaded.Device);
        const string Name = "bert.encoder.layer.1.output.dense.weight";
        Assert.Equal(whole.Network.Tree[Name].data<float>().ToArray(), model.Network.Tree[Name].data<float>().ToArray());
    }

    [Theory]
    [InlineData("model_type", "\"roberta\"", "model_type")]
    [InlineData("hidden_act", "\"relu\"", "hidden_act")]
    [InlineData("position_embedding_type", "\"relative_key_query\"", "position_embedding_type")]
    [InlineData("num_attention_heads", "5", "num_attention_heads")]
    [InlineData("hidden_size", "-1", "hidden_size")]
    [InlineData("vocab_size", "\"many\"", "vocab_size")]
    [InlineData("num_hidden_layers", "3", "layer.2")]
    [InlineData("intermediate_size", "64", "intermediate.dense")]
    [InlineData("vocab_size", "5", "vocab.txt")]
    [InlineData("id2label", "{\"0\":\"O\",\"2\":\"B-a\"}", "id2label")]
    [InlineData("id2label", "{}", "id2label")]
    public void Read_ConfigurationThatDoesNotFit_NamesTheField(string field, string value, string named)
    {
        Fixture.Copy("absolute", folder.Path, "vocab.txt", "model.safetensors");
        var config = Config(Fixture.Folder("absolute"));
        config[field] = JsonNode.Parse(value);
        File.WriteAllText(folder.Combine("config.json"), config.ToJsonString());

        var failure = Assert.Throws<ImportException>(() => TaggerFolder.Read(folder.Path, torchLoaded.Device));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FolderWithoutWeights_SaysWhatIsMissing()
    {
        Fixture.Copy("absolute", folder.Path, "config.json", "vocab.txt");

        var failure = Assert.Throws<ImportException>(() => TaggerFolder.Read(folder.Path, torchLoaded.Device));

        Assert.Contains("neither model.safetensors nor pytorch_model.bin", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WeightsCutOff_SaysSo()
    {
        Fixture.Copy("absolute", folder.Path, "config.json", "vocab.txt");
        File.WriteAllBytes(folder.Combine("model.safetensors"), File.ReadAllBytes(Path.Combine(Fixture.Folder("absolute"), "model.safetensors"))[..5000]);

        Assert.Throws<ImportException>(() => TaggerFolder.Read(folder.Path, torchLoaded.Device));
    }

    private static JsonObject Config(string path) => JsonNode.Parse(File.ReadAllText(Path.Combine(path, "config.json")))!.AsObject();

    private float[] LogitsOf(string path)
    {
        using var runner = new TaggerRunner(TaggerFolder.Read(path, torchLoaded.Device));
        return runner.Logits([.. Fixture.Expected("absolute").Select(sequence => sequence.Ids)]);
    }
}
