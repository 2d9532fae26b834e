using KpGrpc.Gateway.Auditing;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Auditing;

public sealed class AuditFileTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private string Log => folder.Combine("audit/audit.jsonl");

    [Fact]
    public void Append_BeyondTheBound_PutsTheFileAsideAndDropsTheOldest()
    {
        using (var file = new AuditFile(new AuditOptions { Path = Log, FileBytesMax = 10, FilesMax = 2 }))
        {
            foreach (var line in new[] { "first\n", "second\n", "third\n", "fourth\n" })
            {
                file.Append(System.Text.Encoding.UTF8.GetBytes(line));
            }
        }

        Assert.Equal("fourth\n", File.ReadAllText(Log));
        Assert.Equal("third\n", File.ReadAllText($"{Log}.1"));
        Assert.Equal("second\n", File.ReadAllText($"{Log}.2"));
        Assert.False(File.Exists($"{Log}.3"));
    }

    [Fact]
    public void Open_OfAFileThatIsThere_GoesOnAtItsEnd()
    {
        for (var start = 0; start < 2; start++)
        {
            using var file = new AuditFile(new AuditOptions { Path = Log });
            file.Append("line\n"u8);
        }

        Assert.Equal("line\nline\n", File.ReadAllText(Log));
    }

    public void Dispose() => folder.Dispose();
}
