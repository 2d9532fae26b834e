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
    public void Blank_SomeFrames_TakesTheirBytesOutAndKeepsThePositions()
    {
        long[] ends;
        using (var log = Open())
        {
            log.Append([Encoding.UTF8.GetBytes("first"), Encoding.UTF8.GetBytes("secret"), Encoding.UTF8.GetBytes("third")]);
            ends = [.. log.Read(FrameLog.HeaderBytes).Select(frame => frame.Next)];

            log.Blank([ends[0], 1 << 20]); // a position beyond the end is passed over

            Assert.Equal(["first", "\0\0\0\0\0\0", "third"], Texts(log));
        }

        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(File.ReadAllBytes(LogFile)), StringComparison.Ordinal);
        using var again = Open();
        Assert.Equal(ends, again.Read(FrameLog.HeaderBytes).Select(frame => frame.Next));
        Assert.Equal(["first", "\0\0\0\0\0\0", "third"], FrameLog.Scan(LogFile, "KPTESTS1"u8.ToArray()).Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public void Redo_AfterEveryTornBlanking_OpensTheLogAgain()
    {
        Guid id;
        long position;
        using (var log = Open())
        {
            log.Append([Encoding.UTF8.GetBytes("first"), Encoding.UTF8.GetBytes("secret"), Encoding.UTF8.GetBytes("third")]);
            (id, position) = (log.Id, log.Read(FrameLog.HeaderBytes).First().Next);
        }

        var before = File.ReadAllBytes(LogFile);
        FrameBlanking.Redo(LogFile, id, [position]);
        var after = File.ReadAllBytes(LogFile);
        for (var torn = 0; torn <= 10; torn++) // checksum and payload, cut at every byte
        {
            byte[] bytes = [.. after[..((int)position + 4 + torn)], .. before[((int)position + 4 + torn)..]];
            File.WriteAllBytes(LogFile, bytes);

            FrameBlanking.Redo(LogFile, Guid.NewGuid(), [position]); // another log: left alone
            Assert.Equal(bytes, File.ReadAllBytes(LogFile));
            FrameBlanking.Redo(LogFile, id, [position]);

            using var log = Open();
            Assert.Equal(["first", "\0\0\0\0\0\0", "third"], Texts(log));
        }
    }

    [Fact]
    public async Task Read_WhileFramesAreBlanked_GivesEveryFrameOldOrBlank()
    {
        using var log = Open();
        log.Append(Enumerable.Range(0, 2_000).Select(n => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"frame-{n:D6}")));
        var positions = log.Read(FrameLog.HeaderBytes).Select(frame => frame.Next - 20).ToArray();
        using var go = new ManualResetEventSlim();
        var blanking = Task.Factory.StartNew(
            () =>
            {
                go.Set();
                foreach (var part in positions.Chunk(50))
                {
                    log.Blank(part);
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        go.Wait(TestContext.Current.CancellationToken);

        do
        {
            Assert.All(Texts(log).Index(), entry => Assert.True(entry.Item == $"frame-{entry.Index:D6}" || entry.Item == new string('\0', 12)));
        }
        while (!blanking.IsCompleted);

        await blanking;
        Assert.All(Texts(log), text => Assert.Equal(new string('\0', 12), text));
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
