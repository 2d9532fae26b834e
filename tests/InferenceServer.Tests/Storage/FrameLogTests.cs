using System.Text;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Storage;

public sealed class FrameLogTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private string LogFile => folder.Combine("sub", "x.log");

    [Fact]
    public void Append_ThenReopen_GivesTheSameFramesAndIdentity()
    {
        Guid id;
        using (var log = Open())
        {
            log.Append([Encoding.UTF8.GetBytes("one"), Array.Empty<byte>()]);
            log.Append([Encoding.UTF8.GetBytes("two")]);
            id = log.Id;
        }

        using var again = Open();

        Assert.Equal(["one", "", "two"], Texts(again));
        Assert.Equal((id, 0L), (again.Id, again.CutBytes));
    }

    [Fact]
    public void Append_GoldenFrame_IsLengthChecksumPayload()
    {
        using (var log = Open())
        {
            log.Append([Encoding.UTF8.GetBytes("123456789")]);
        }

        var bytes = File.ReadAllBytes(LogFile);

        Assert.Equal("KPTESTS1", Encoding.ASCII.GetString(bytes, 0, 8));
        Assert.Equal("0900000078D21757313233343536373839", Convert.ToHexString(bytes.AsSpan(24)));
    }

    [Theory]
    [InlineData("123456789", 0xE3069283u)] // the check value of CRC-32C in the CRC catalogue
    [InlineData("", 0u)]
    public void Checksum_KnownTexts_IsCrc32C(string text, uint expected) =>
        Assert.Equal(expected, ~Crc32C.Append(uint.MaxValue, Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Open_AnyHalfWrittenTail_IsCutAndTheRestStays()
    {
        using (var log = Open())
        {
            log.Append([Encoding.UTF8.GetBytes("kept")]);
            log.Append([Encoding.UTF8.GetBytes("torn")]);
        }

        var whole = File.ReadAllBytes(LogFile);
        for (var length = 24 + 12 + 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(LogFile, whole[..length]);
            using var log = Open();
            Assert.Equal(["kept"], Texts(log));
            Assert.Equal(length - 36, log.CutBytes);
        }
    }

    [Fact]
    public void Open_MoreDamageThanACrashLeaves_StopsTheStart()
    {
        using (var log = Open())
        {
            log.Append(Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[100], 50));
        }

        var bytes = File.ReadAllBytes(LogFile);
        bytes[40] ^= 1;
        File.WriteAllBytes(LogFile, bytes);

        var failure = Assert.Throws<StartupException>(() => FrameLog.Open(LogFile, "KPTESTS1"u8, 1000));

        Assert.Contains("damaged at byte 24", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24)] // the length
    [InlineData(28)] // the checksum
    [InlineData(33)] // the payload
    public void Open_BitFlippedInAnEarlyFrame_IsRefusedAndTheFileStays(int at)
    {
        using (var log = Open())
        {
            log.Append([Encoding.UTF8.GetBytes("early")]);
            log.Append([Encoding.UTF8.GetBytes("late")]);
        }

        var bytes = File.ReadAllBytes(LogFile);
        bytes[at] ^= 1;
        File.WriteAllBytes(LogFile, bytes);

        var failure = Assert.Throws<StartupException>(Open);

        Assert.Contains($"{LogFile} is damaged at byte 24", failure.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(LogFile));
    }

    [Fact]
    public void Append_RefusedWrite_LeavesNothingBehindAndTheNextOneWorks()
    {
        FailingFile? disk = null;
        using (var log = FrameLog.Open(LogFile, "KPTESTS1"u8, 1 << 20, path => disk = new FailingFile(path)))
        {
            disk!.FailWrite = true;
            Assert.Throws<IOException>(() => log.Append([Encoding.UTF8.GetBytes("refused")]));
            disk.FailWrite = false;
            log.Append([Encoding.UTF8.GetBytes("next")]);
        }

        using var again = Open();
        Assert.Equal(["next"], Texts(again));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Append_FailedSyncOrTakeBack_RefusesEveryFurtherAppend(bool sync, bool takeBack)
    {
        FailingFile? disk = null;
        using var log = FrameLog.Open(LogFile, "KPTESTS1"u8, 1 << 20, path => disk = new FailingFile(path));
        (disk!.FailSync, disk.FailWrite, disk.FailSetLength) = (sync, takeBack, takeBack);
        Assert.Throws<IOException>(() => log.Append([Encoding.UTF8.GetBytes("refused")]));
        (disk.FailSync, disk.FailWrite, disk.FailSetLength) = (false, false, false);

        var failure = Assert.Throws<IOException>(() => log.Append([Encoding.UTF8.GetBytes("next")]));

        Assert.Contains("restart", failure.Message, StringComparison.Ordinal);
        Assert.Equal((true, (long)FrameLog.HeaderBytes), (log.IsBroken, log.Length));
    }

    [Fact]
    public void Open_AnotherFile_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogFile)!);
        File.WriteAllText(LogFile, "this is somebody's letter, not a log");

        Assert.Throws<StartupException>(Open);
    }

    public void Dispose() => folder.Dispose();

    private static string[] Texts(FrameLog log) => [.. log.Read(FrameLog.HeaderBytes).Select(frame => Encoding.UTF8.GetString(frame.Payload))];

    private FrameLog Open() => FrameLog.Open(LogFile, "KPTESTS1"u8, 1 << 20);
}
