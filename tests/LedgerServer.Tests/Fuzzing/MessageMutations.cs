using System.Collections;

using CsCheck;

using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>Messages that are well formed and have one to three fields at the edge of their type, of another object, missing or too often.</summary>
internal static class MessageMutations
{
    private const int Manifold = 300;

    private static readonly long[] Numbers = [0, 1, -1, 2, 100, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, 253_402_300_799];

    private static readonly string[] Texts =
    [
        "", "x", "é\u0000", new('a', 64), new('c', 64), new('z', 129), "new-1", "new-2", "work-0", "work-1", "offer-work-0", "platform", "producer", "operator", "visitor",
        "clearing", "wallet", "shop", "till", "pool-account", "hold", "period", "pool", "purchase", "standing", "dispute", "licence", "consent", "EUR", "USD", "GBP",
    ];

    private static readonly int[] Lengths = [0, 1, 16, 31, 32, 33, 64, 65];

    public static Gen<T> Of<T>(T sample)
        where T : IDeepCloneable<T>, IMessage =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Array[1, 3].Select(changes =>
        {
            var changed = sample.Clone();
            foreach (var (which, value) in changes)
            {
                var places = Places(changed).ToList();
                places[which % places.Count](value);
            }

            return changed;
        });

    // Each field that is there or could be, as what changes it.
    private static IEnumerable<Action<int>> Places(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (value is IDictionary map)
            {
                yield return _ => map.Clear();
                continue;
            }

            yield return value is IList items
                ? number => Change(items, number)
                : number => Set(message, field, number);
            foreach (var inner in (value as IEnumerable ?? new[] { value }).OfType<IMessage>().ToList())
            {
                foreach (var place in Places(inner))
                {
                    yield return place;
                }
            }
        }
    }

    private static void Change(IList items, int number)
    {
        if (items.Count == 0 || number % 4 == 0)
        {
            items.Clear();
        }
        else if (number % 4 == 1)
        {
            items.RemoveAt(number % items.Count);
        }
        else
        {
            for (var left = number % 4 == 2 ? 1 : Manifold; left > 0; left--)
            {
                items.Add(items[number % items.Count]);
            }
        }
    }

    private static void Set(IMessage message, FieldDescriptor field, int number)
    {
        var whole = Numbers[number % Numbers.Length];
        object? value = field.FieldType switch
        {
            FieldType.String => Texts[number % Texts.Length],
            FieldType.Bytes => ByteString.CopyFrom(new byte[Lengths[number % Lengths.Length]]),
            FieldType.Int64 => whole,
            FieldType.Int32 => (int)whole,
            FieldType.UInt64 => (ulong)whole,
            FieldType.UInt32 => (uint)whole,
            FieldType.Bool => number % 2 == 0,
            FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, number % 12),
            _ => null,
        };
        if (value is not null)
        {
            field.Accessor.SetValue(message, value);
        }
        else if (number % 2 == 0)
        {
            field.Accessor.Clear(message);
        }
        else
        {
            field.Accessor.SetValue(message, field.MessageType.Parser.ParseFrom(ByteString.Empty));
        }
    }
}
