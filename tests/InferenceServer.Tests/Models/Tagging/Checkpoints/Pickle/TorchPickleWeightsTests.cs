using System.IO.Compression;
using System.Text;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;
using KpGrpc.InferenceServer.Tests.Models.Tagging.Fixtures;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Checkpoints.Pickle;

public sealed class TorchPickleWeightsTests(LoadedTorch torchLoaded) : IClassFixture<LoadedTorch>, IDisposable
{
    private readonly TemporaryDirectory folder = new();

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_StateDictionary_GivesTensorsByName()
    {
        Assert.Equal("cpu", torchLoaded.Device.ToString());
        using var weights = new TorchPickleWeights(Path.Combine(Fixture.Folder("absolute"), "pytorch_model.bin"));

        using var tensor = weights.Read("classifier.weight");

        Assert.Contains("bert.embeddings.LayerNorm.gamma", weights.Names);
        Assert.Equal([5L, 32L], tensor.shape);
    }

    /// <summary>Pickles of protocol 0 and 2 that would run a command, import a module or fill the memory.</summary>
    [Theory]
    [InlineData("\u0080\u0002cos\nsystem\n(X\u0004\0\0\0echotR.", "os.system")]
    [InlineData("\u0080\u0002cbuiltins\neval\n(X\u0001\0\0\u00001tR.", "builtins.eval")]
    [InlineData("\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093.", "posix.system")]
    [InlineData("cos\nsystem\n(S'echo'\ntR.", "os.system")]
    [InlineData("(i__main__\nWhatever\n.", "0x69")]
    [InlineData("\u0080\u0009.", "protocol 9")]
    [InlineData("\u0080\u0002X\u00ff\u00ff\u00ff\u007f.", "malformed")]
    [InlineData("\u0080\u0002X\u00ff\u00ff\u00ff\u00ff.", "malformed")]
    [InlineData("\u0080\u0002t.", "malformed")]
    [InlineData("\u0080\u0002h\u0005.", "malformed")]
    [InlineData("\u0080\u0002", "malformed")]
    [InlineData("\u0080\u0002cos", "malformed")]
    [InlineData("\u0080\u0002}.", "no tensor")]
    [InlineData("\u0080\u0002K\u0001.", "no dictionary")]
    [InlineData("\u0080\u0002K\u0001Q.", "no storage")]
    [InlineData("\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n)R.", "calls")]
    [InlineData("\u0080\u0002\u008a\u0009123456789.", "64 bits")]
    public void New_PickleThatIsNoStateDictionary_IsRefusedAndNothingRun(string pickle, string named)
    {
        var failure = Assert.Throws<ImportException>(() => new TorchPickleWeights(FileOf(Encoding.Latin1.GetBytes(pickle))));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_EveryCutOfARealPickle_IsRefused()
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Fixture.Folder("absolute"), "pytorch_model.bin"));
        using var stream = archive.GetEntry("archive/data.pkl")!.Open();
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        var bytes = whole.ToArray();

        for (var length = 0; length < bytes.Length; length += 37)
        {
            Assert.Throws<PickleException>(() => new PickleMachine(bytes.AsMemory(0, length), new StateDictionaryWorld()).Run());
        }
    }

    [Fact]
    public void New_FileThatIsNoZip_SaysWhatToDo()
    {
        File.WriteAllText(folder.Combine("old.bin"), "\u0080\u0002\u008a");

        var failure = Assert.Throws<ImportException>(() => new TorchPickleWeights(folder.Combine("old.bin")));

        Assert.Contains("before 1.6", failure.Message, StringComparison.Ordinal);
    }

    private string FileOf(byte[] pickle)
    {
        var path = folder.Combine("model.bin");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using var stream = archive.CreateEntry("archive/data.pkl").Open();
        stream.Write(pickle);
        return path;
    }
}
