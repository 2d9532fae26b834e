using System.Runtime.Versioning;

using KpGrpc.LedgerServer.Log;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Log;

// File modes exist on Unix alone, where the servers run.
[UnsupportedOSPlatform("windows")]
public sealed class LogKeyFileTests
{
    private const string Origin = "kpgrpc.example/net/main";

    [Fact]
    public void Read_DevelopmentKey_OnlyOutsideProduction()
    {
        using var folder = new TemporaryDirectory();
        LogKeyFile.CreateForDevelopment(folder.Combine("log.key"), Origin);

        using var signer = LogKeyFile.Read(folder.Combine("log.key"), Origin, production: false);

        Assert.Equal(Origin, signer.Verifier.Name);
        Refuse(folder.Combine("log.key"), Origin, production: true, "refused in Production");
        Refuse(folder.Combine("log.key"), "other.example/log", production: false, "is the key of kpgrpc.example/net/main");
        Assert.Throws<StartupException>(() => LogKeyFile.CreateForDevelopment(folder.Combine("log.key"), Origin));
    }

    [Fact]
    public void Read_KeyOfProduction_IsTheBareLine()
    {
        using var folder = new TemporaryDirectory();
        using var key = NoteSigner.Generate(Origin);
        Write(folder, key.ExportPrivateKey() + "\n");

        using var signer = LogKeyFile.Read(folder.Combine("log.key"), Origin, production: true);

        Assert.Equal(key.Verifier.ToString(), signer.Verifier.ToString());
    }

    [Fact]
    public void Read_FileThatCannotBeUsed_SaysWhy()
    {
        using var folder = new TemporaryDirectory();
        Refuse(folder.Combine("log.key"), Origin, production: false, "cannot be read");
        Write(folder, "# nothing\n");
        Refuse(folder.Combine("log.key"), Origin, production: false, "exactly one");
        Write(folder, "PRIVATE+KEY+a+b+c\n");
        Refuse(folder.Combine("log.key"), Origin, production: false, "is not a C2SP private key of the right type");
        File.SetUnixFileMode(folder.Combine("log.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Refuse(folder.Combine("log.key"), Origin, production: false, "can be read by others");
    }

    private static void Write(TemporaryDirectory folder, string text)
    {
        File.WriteAllText(folder.Combine("log.key"), text);
        File.SetUnixFileMode(folder.Combine("log.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void Refuse(string path, string origin, bool production, string text) =>
        Assert.Contains(text, Assert.Throws<StartupException>(() => LogKeyFile.Read(path, origin, production)).Message);
}
