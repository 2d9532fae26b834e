using System.Text;

namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>
/// A state at one place in the order. <see cref="Capture"/> runs on the engine's thread and costs about one copied
/// reference a record; <see cref="WriteTo"/> may run on any thread while the engine goes on. The bytes are a pure
/// function of the commands: two engines that executed the same ones give the same bytes.
/// </summary>
/// <remarks>
/// Content: u32 format | u64 next sequence | i64 last order time or -1 | i32 number of tables | each table: name, its
/// parts, u32 end mark. Numbers are little-endian as <see cref="BinaryWriter"/> writes them.
/// </remarks>
internal sealed class StateImage
{
    /// <summary>Format of the content; another one is refused.</summary>
    public const uint Format = 1;

    private const uint EndOfTable = 0x454C4254;

    private readonly List<(string Name, StateWriter Writer)> _tables = [];
    private readonly long _lastOrderedAtMicros;
    private bool _written;

    private StateImage(LedgerState state)
    {
        NextSequence = state.NextSequence;
        _lastOrderedAtMicros = state.LastOrderedAtMicros ?? -1;
        foreach (var table in state.Tables)
        {
            var writer = new StateWriter();
            table.Save(writer);
            _tables.Add((table.Name, writer));
        }
    }

    /// <summary>Number of commands that the state comes from.</summary>
    public ulong NextSequence { get; }

    /// <summary>Takes the state's records, on the engine's thread between two commands.</summary>
    public static StateImage Capture(LedgerState state) => new(state);

    /// <summary>Encodes the image; once only.</summary>
    /// <param name="content">Where to; stays open.</param>
    /// <exception cref="InvalidOperationException">It was written before: what it had captured is in use by others.</exception>
    public void WriteTo(Stream content)
    {
        if (_written)
        {
            throw new InvalidOperationException("A state image is written once; capture another one.");
        }

        _written = true;
        using var output = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true);
        output.Write(Format);
        output.Write(NextSequence);
        output.Write(_lastOrderedAtMicros);
        output.Write(_tables.Count);
        foreach (var (name, writer) in _tables)
        {
            output.Write(name);
            writer.WriteTo(output);
            output.Write(EndOfTable);
        }
    }

    /// <summary>Puts a state back where it was.</summary>
    /// <param name="content">What <see cref="WriteTo"/> wrote; at its start.</param>
    /// <param name="state">A state that has executed nothing, of the same genesis; unusable after an exception.</param>
    /// <exception cref="InvalidDataException">The content is of another build, or damaged.</exception>
    public static void Load(Stream content, LedgerState state)
    {
        using var input = new BinaryReader(content, Encoding.UTF8, leaveOpen: true);

        // A reader says IOException of a damaged length too.
        try
        {
            Load(input, state);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException($"the state cannot be read: {exception.Message}", exception);
        }
    }

    private static void Load(BinaryReader input, LedgerState state)
    {
        Expect("the format", input.ReadUInt32(), Format);
        var (next, last) = (input.ReadUInt64(), input.ReadInt64());
        Expect("the number of tables", input.ReadInt32(), state.Tables.Count);
        var reader = new StateReader(input);
        foreach (var table in state.Tables)
        {
            Expect("the table's name", input.ReadString(), table.Name);
            table.Load(reader);
            Expect($"the end of {table.Name}", input.ReadUInt32(), EndOfTable);
        }

        state.MoveTo(next, last < 0 ? null : last);
    }

    private static void Expect<T>(string what, T found, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(found, expected))
        {
            throw new InvalidDataException($"{what} is {found}, not {expected}");
        }
    }
}
