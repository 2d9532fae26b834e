using KpGrpc.InferenceServer.Registry;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Registry;

public sealed class ModelFoldersTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ModelFolders folders;

    public ModelFoldersTests() => folders = new ModelFolders(directory.Path);

    [Fact]
    public void Publish_AVersion_AppearsWithACardThatListsItsFiles()
    {
        FakeLoader.Publish(folders, "scale", "v1", 2, metric: 0.25);

        var folder = folders.Open("scale", "v1");
        folder.Verify(TestContext.Current.CancellationToken);
        Assert.Equal(["factor.txt", "golden.json"], folder.Card.Files.Select(file => file.Path));
        Assert.Equal([("scale", "v1")], folders.List());
        Assert.Equal(0.25, folder.Card.Metrics["ndcg@10"].Value);
    }

    [Fact]
    public void Publish_ACard_HasTheBytesThatReleasesAgreeOn()
    {
        var card = new ModelCard { Name = "scale", Version = "v1", Task = ModelTask.Tagging, Kind = "fake", PublishedAt = DateTimeOffset.UnixEpoch, Labels = ["name"], WeightsFile = "w" };

        var folder = folders.Publish(card, path => File.WriteAllText(Path.Combine(path, "w"), "abc"));

        Assert.Equal(
            """
            {
              "name": "scale",
              "version": "v1",
              "task": "Tagging",
              "kind": "fake",
              "published_at": "1970-01-01T00:00:00+00:00",
              "dataset": "",
              "code_version": "",
              "labels": [
                "name"
              ],
              "metrics": {},
              "gate_metric": "",
              "settings": null,
              "weights_file": "w",
              "files": [
                {
                  "path": "w",
                  "bytes": 3,
                  "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                }
              ]
            }
            """,
            File.ReadAllText(Path.Combine(folder.Path, "card.json")));
    }

    [Fact]
    public void Publish_TheWriterFails_LeavesNothing()
    {
        var card = new ModelCard { Name = "scale", Version = "v1", Task = ModelTask.Tagging, Kind = "fake", PublishedAt = DateTimeOffset.UnixEpoch };

        Assert.Throws<IOException>(() => folders.Publish(card, _ => throw new IOException("the disk is full")));

        Assert.Empty(folders.List());
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Combine("scale")));
    }

    [Fact]
    public void Publish_AVersionThatExists_IsRefused()
    {
        FakeLoader.Publish(folders, "scale", "v1", 2);

        var fault = Assert.Throws<ModelFaultException>(() => FakeLoader.Publish(folders, "scale", "v1", 3));

        Assert.Contains("never changes", fault.Message, StringComparison.Ordinal);
        Assert.Equal([("scale", "v1")], folders.List());
    }

    [Fact]
    public void Verify_AFileThatWasChanged_NamesItAndBothHashes()
    {
        var folder = FakeLoader.Publish(folders, "scale", "v1", 2);
        File.WriteAllText(Path.Combine(folder.Path, "factor.txt"), "3");

        var fault = Assert.Throws<ModelFaultException>(() => folders.Open("scale", "v1").Verify(TestContext.Current.CancellationToken));

        Assert.Contains("factor.txt differs", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ACardOfAnotherVersion_IsRefused()
    {
        var folder = FakeLoader.Publish(folders, "scale", "v1", 2);
        Directory.Move(folder.Path, directory.Combine("scale", "v2"));

        Assert.Contains("scale/v1", Assert.Throws<ModelFaultException>(() => folders.Open("scale", "v2")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not a model card")]
    [InlineData("null", "not a model card")]
    [InlineData("""{"name":"scale","version":"v1","task":"Tagging","kind":"fake","published_at":"2026-01-01T00:00:00Z","files":[{"path":"../../etc/passwd","bytes":1,"sha256":""}]}""", "inside the folder")]
    [InlineData("""{"name":"Scale!","version":"..","task":"None","kind":"","published_at":"2026-01-01T00:00:00Z","gate_metric":"x"}""", "name must be")]
    public void Open_ABadCard_SaysWhatIsWrong(string json, string said)
    {
        Directory.CreateDirectory(directory.Combine("scale", "v1"));
        File.WriteAllText(directory.Combine("scale", "v1", "card.json"), json);

        Assert.Contains(said, Assert.Throws<ModelFaultException>(() => folders.Open("scale", "v1")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();
}
