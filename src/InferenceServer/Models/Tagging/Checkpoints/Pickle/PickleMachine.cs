using System.Buffers.Binary;
using System.Text;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>
/// Runs the part of Python's pickle language that a state dictionary needs, and nothing else: no class is looked up and no
/// code is run; the few functions that may be named are ours. Every count is bounded by the program's length.
/// </summary>
/// <param name="program">The pickle.</param>
/// <param name="world">What may be named.</param>
internal sealed class PickleMachine(ReadOnlyMemory<byte> program, IPickleWorld world)
{
    private const int ProtocolMax = 5;

    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<int, object?> memory = [];
    private int at;

    /// <summary>Runs the program.</summary>
    /// <returns>Its result: dictionaries, lists, arrays (tuples), texts, numbers, and what the world makes.</returns>
    /// <exception cref="PickleException">It asks for what a state dictionary does not need, or is malformed.</exception>
    public object? Run()
    {
        try
        {
            while (true)
            {
                var op = (PickleOp)Take(1)[0];
                if (op == PickleOp.Stop)
                {
                    return Pop();
                }

                Execute(op);
            }
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or InvalidOperationException or InvalidCastException or KeyNotFoundException or DecoderFallbackException)
        {
            throw new PickleException($"the pickle is malformed at byte {at}", failure);
        }
    }

    private void Execute(PickleOp op)
    {
        if (!ExecuteValue(op) && !ExecuteContainer(op) && !ExecuteObject(op))
        {
            throw new PickleException($"the pickle uses instruction 0x{(byte)op:X2} at byte {at - 1}, which no state dictionary needs; it is not run");
        }
    }

    private bool ExecuteValue(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Protocol when Take(1)[0] is var version:
                if (version > ProtocolMax)
                {
                    throw new PickleException($"the pickle is of protocol {version}, and at most {ProtocolMax} is read");
                }

                return true;
            case PickleOp.Frame:
                Take(8);
                return true;
            case PickleOp.None:
                return Push(null);
            case PickleOp.NewTrue:
                return Push(true);
            case PickleOp.NewFalse:
                return Push(false);
            case PickleOp.BinInt:
                return Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
            case PickleOp.BinInt1:
                return Push((long)Take(1)[0]);
            case PickleOp.BinInt2:
                return Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
            case PickleOp.Long1:
                return Push(LongOf(Take(Take(1)[0])));
            case PickleOp.BinFloat:
                return Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
            case PickleOp.BinUnicode:
                return Push(Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))));
            case PickleOp.ShortBinUnicode:
                return Push(Encoding.UTF8.GetString(Take(Take(1)[0])));
            default:
                return false;
        }
    }

    private bool ExecuteContainer(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Mark:
                marks.Push(stack.Count);
                return true;
            case PickleOp.EmptyTuple:
                return Push(Array.Empty<object?>());
            case PickleOp.Tuple1:
                return Push(PopLast(1));
            case PickleOp.Tuple2:
                return Push(PopLast(2));
            case PickleOp.Tuple3:
                return Push(PopLast(3));
            case PickleOp.Tuple:
                return Push(PopMarked());
            case PickleOp.EmptyList:
                return Push(new List<object?>());
            case PickleOp.EmptyDictionary:
                return Push(new PickleDictionary());
            case PickleOp.Append:
                return Extend(PopLast(1));
            case PickleOp.Appends:
                return Extend(PopMarked());
            case PickleOp.SetItem:
                return Set(PopLast(2));
            case PickleOp.SetItems:
                return Set(PopMarked());
            default:
                return false;
        }
    }

    private bool ExecuteObject(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Global:
                return Push(world.Name(TakeLine(), TakeLine()));
            case PickleOp.StackGlobal:
                var names = PopLast(2);
                return Push(world.Name((string)names[0]!, (string)names[1]!));
            case PickleOp.BinPersistentId:
                return Push(world.Persistent(Pop()));
            case PickleOp.Reduce:
                var call = PopLast(2);
                return Push(world.Call(call[0], (object?[])call[1]!));
            case PickleOp.Build:
                Pop(); // attributes of the dictionary, such as the versions of its modules
                return stack.Count > 0 ? true : throw new InvalidOperationException();
            case PickleOp.BinPut:
                return Remember(Take(1)[0]);
            case PickleOp.LongBinPut:
                return Remember(BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
            case PickleOp.Memoize:
                return Remember(memory.Count);
            case PickleOp.BinGet:
                return Push(memory[Take(1)[0]]);
            case PickleOp.LongBinGet:
                return Push(memory[BinaryPrimitives.ReadInt32LittleEndian(Take(4))]);
            default:
                return false;
        }
    }

    private static long LongOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            throw new PickleException("the pickle holds a number of more than 64 bits");
        }

        var value = 0L;
        for (var index = bytes.Length - 1; index >= 0; index--)
        {
            value = (value << 8) | bytes[index];
        }

        var unused = 64 - (8 * bytes.Length);
        return bytes.Length == 0 ? 0 : value << unused >> unused;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = program.Slice(at, count).Span;
        at += count;
        return taken;
    }

    private string TakeLine()
    {
        var length = program.Span[at..].IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(Take(length));
        at++;
        return line;
    }

    private bool Push(object? value)
    {
        stack.Add(value);
        return true;
    }

    private object? Pop() => PopLast(1)[0];

    private object?[] PopLast(int count)
    {
        var from = stack.Count - count;
        object?[] taken = [.. stack[from..]];
        stack.RemoveRange(from, count);
        return taken;
    }

    private object?[] PopMarked() => PopLast(stack.Count - marks.Pop());

    private bool Extend(object?[] elements)
    {
        ((List<object?>)stack[^1]!).AddRange(elements);
        return true;
    }

    private bool Set(object?[] pairs)
    {
        var dictionary = (PickleDictionary)stack[^1]!;
        for (var index = 0; index + 1 < pairs.Length; index += 2)
        {
            dictionary.Set(pairs[index], pairs[index + 1]);
        }

        return true;
    }

    private bool Remember(int index)
    {
        memory[index] = stack[^1];
        return true;
    }
}
