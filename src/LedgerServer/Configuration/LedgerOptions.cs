using System.ComponentModel.DataAnnotations;

using KpGrpc.LedgerServer.Storage;

using Microsoft.Extensions.Options;

namespace KpGrpc.LedgerServer.Configuration;

/// <summary>A ledger that this process runs. Section <c>Ledger</c> for the default one, <c>Ledgers:NAME</c> for each further one.</summary>
public sealed class LedgerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Ledger";

    /// <summary>Section that these settings were read from, for messages. Not a setting: the binder sees public properties alone.</summary>
    internal string Section { get; set; } = SectionName;

    /// <summary>Folder of the database; made where it is missing, its parent must exist. Default data/ledger.</summary>
    [Required(ErrorMessage = "{0} must name the folder of the database")]
    public string DataDirectory { get; set; } = "data/ledger";

    /// <summary>Genesis file: network, ledger, first members, keys and currencies. Default data/network/genesis.json.</summary>
    [Required(ErrorMessage = "{0} must name the genesis file")]
    public string GenesisPath { get; set; } = "data/network/genesis.json";

    /// <summary>File of the log's signing key, mode 0600. Default data/network/log.key.</summary>
    [Required(ErrorMessage = "{0} must name the file of the log's signing key")]
    public string LogKeyPath { get; set; } = "data/network/log.key";

    /// <summary>
    /// Origin of the log's checkpoints and name of its key: 1 to 255 characters without spaces and plus signs. Empty
    /// (default) means <c>kpgrpc.example/&lt;network&gt;/&lt;ledger&gt;</c>.
    /// </summary>
    [RegularExpression(@"[^\s+]{0,255}", ErrorMessage = "{0} must be at most 255 characters without spaces and plus signs")]
    public string LogOrigin { get; set; } = string.Empty;

    /// <summary>Network that the genesis file must be of, an id. Empty (default) takes the file's.</summary>
    [RegularExpression("[A-Za-z0-9._:/-]{0,128}", ErrorMessage = "{0} must be at most 128 characters of A-Z a-z 0-9 . _ : / -")]
    public string NetworkId { get; set; } = string.Empty;

    /// <summary>Ledger that the genesis file must be of, an id. Empty (default) takes the file's.</summary>
    [RegularExpression("[A-Za-z0-9._:/-]{0,128}", ErrorMessage = "{0} must be at most 128 characters of A-Z a-z 0-9 . _ : / -")]
    public string LedgerId { get; set; } = string.Empty;

    /// <summary>
    /// C2SP verifier keys (type 0x04) of the witnesses whose cosignatures of checkpoints are taken in. At most 64; none
    /// (default) refuses every cosignature.
    /// </summary>
    public IList<string> Witnesses { get; set; } = [];

    /// <summary>Witnesses whose cosignatures certify a checkpoint. Range 0 to their number; 0 (default) certifies none.</summary>
    [Range(0, 64)]
    public int WitnessesNeeded { get; set; }

    /// <summary>
    /// Prefixes of witnesses' URLs, without the final <c>add-checkpoint</c> (c2sp.org/tlog-witness): the newest
    /// checkpoint is brought to each. At most 64; default none. Their keys belong in <see cref="Witnesses"/>.
    /// </summary>
    [MaxLength(64)]
    public IList<string> WitnessUrls { get; set; } = [];

    /// <summary>How often checkpoints are brought to witnesses. Range 100 ms to 1 day, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WitnessInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Makes a missing log key at the first start. Refused where the environment is Production. Default false.</summary>
    public bool Development { get; set; }

    /// <summary>
    /// Commands and questions that wait for the sequencer. Range 16 to 1,000,000, default 16,384. Further ones get
    /// RESOURCE_EXHAUSTED.
    /// </summary>
    [Range(16, 1_000_000)]
    public int QueueMax { get; set; } = 16_384;

    /// <summary>
    /// Payload bytes of the commands that wait for the sequencer. Range 1 MiB to 16 GiB, default 256 MiB. Further ones
    /// get RESOURCE_EXHAUSTED.
    /// </summary>
    [Range(typeof(long), "1048576", "17179869184")]
    public long QueueBytesMax { get; set; } = 268_435_456;

    /// <summary>
    /// Questions that the sequencer answers before the next commit. Range 1 to 1,000,000, default 64. Lower values keep
    /// purchases fast under many statements; higher ones answer statements sooner.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ReadsPerCommitMax { get; set; } = 64;

    /// <summary>
    /// Accounts over which a trial balance of the past is added up, a seek each: 100,000 take about a second of a core. Range
    /// 1 to 10,000,000, default 100,000. Past states of more accounts get RESOURCE_EXHAUSTED; the newest one is always there.
    /// </summary>
    [Range(1, 10_000_000)]
    public int PastTrialBalanceAccountsMax { get; set; } = 100_000;

    /// <summary>Commands at which a commit closes. Range 1 to 100,000, default 8,192. A call's commands are never divided.</summary>
    [Range(1, 100_000)]
    public int BatchSizeMax { get; set; } = 8_192;

    /// <summary>
    /// Bytes of recent writes that the store keeps in memory before it writes them to their files, and likewise bytes of
    /// the write-ahead log that a start after a kill reads again. Range 16 MiB to 16 GiB, default 128 MiB.
    /// </summary>
    [Range(typeof(long), "16777216", "17179869184")]
    public long WriteBufferBytesMax { get; set; } = StoreFolder.WriteBufferBytesDefault;

    /// <summary>
    /// Free bytes on the disk of the data folder below which commands are refused with RESOURCE_EXHAUSTED, so that the
    /// ledger goes on answering instead of stopping at a failed write. Range 0 (never) to 1 TiB, default 256 MiB.
    /// </summary>
    [Range(typeof(long), "0", "1099511627776")]
    public long FreeBytesMin { get; set; } = 268_435_456;

    /// <summary>
    /// Folder, which must exist, in which a file <c>NAME.request</c> makes the running ledger back itself up to
    /// <c>NAME</c>; on the data folder's file system that costs no copying. One folder a ledger. Empty (default) takes no requests.
    /// </summary>
    public string BackupDirectory { get; set; } = string.Empty;

    /// <summary>
    /// Bytes of commands and receipts behind the newest snapshot from which the next one is worth its writing. Range
    /// 1 byte to 1 TiB, default 64 MiB: below it a start replays everything within seconds, and so checks everything.
    /// </summary>
    [Range(typeof(long), "1", "1099511627776")]
    public long SnapshotTailBytesMin { get; set; } = 67_108_864;

    /// <summary>Longest wait for the snapshot at a clean stop. Range 0 to 10 min, default 20 s; then the next start replays more.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan SnapshotStopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Wait that a refused caller is advised. Range 1 ms to 1 min, default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Streams of WatchEntries at a time. Range 1 to 100,000, default 1,000. Further ones get RESOURCE_EXHAUSTED.</summary>
    [Range(1, 100_000)]
    public int WatchersMax { get; set; } = 1_000;

    /// <summary>
    /// Longest time that one message of WatchEntries waits for its reader; then the stream ends with RESOURCE_EXHAUSTED.
    /// Range 100 ms to 10 min, default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan WatchWriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which WatchEntries sends an empty message. Range 100 ms to 10 min, default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan WatchKeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Source-generated check of <see cref="LedgerOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class LedgerOptionsValidator : IValidateOptions<LedgerOptions>;
