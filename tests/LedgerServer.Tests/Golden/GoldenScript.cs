using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Tests.Simulation;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>
/// A fixed order with every kind of command, so that its root stands for the whole engine: trade, rights and the works
/// of a council, at three times, of which the second one lets a hold run out.
/// </summary>
internal sealed class GoldenScript : IDisposable
{
    private const long HourMicros = 3_600_000_000;

    private readonly List<AdmittedCommand> commands = [];

    public GoldenScript()
    {
        Phases =
        [
            new GoldenPhase(FixedNetwork.StartMicros, Add(GoldenTrade.Commands())),
            new GoldenPhase(FixedNetwork.StartMicros + (3 * HourMicros), Add(GoldenRights.Commands())),
            new GoldenPhase(FixedNetwork.StartMicros + (12 * HourMicros), Add(GoldenCouncil.Commands(() => ByteString.CopyFrom(commands[^1].Command.CommandHash.AsSpan())))),
        ];
    }

    public FixedNetwork Network { get; } = new(("regulator", "regulator"));

    public IReadOnlyList<GoldenPhase> Phases { get; }

    /// <summary>A time of the script as the contract writes it.</summary>
    public static Timestamp At(int hours) =>
        Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddMicroseconds(FixedNetwork.StartMicros + (hours * HourMicros)));

    public void Dispose() => Network.Dispose();

    private List<AdmittedCommand> Add(IEnumerable<(string By, Action<CommandPayload> SetBody)> bodies)
    {
        var first = commands.Count;
        foreach (var (by, setBody) in bodies)
        {
            commands.Add(Network.Command(commands.Count, by, setBody));
        }

        return commands[first..];
    }
}
