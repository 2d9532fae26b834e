using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>Describes record types down to their leaves, and refuses those of which a part would be lost.</summary>
internal static class RecordShape
{
    private const string BackingField = ">k__BackingField";

    /// <summary>First 8 bytes of the SHA-256 of the description of a type and all that it holds.</summary>
    /// <exception cref="InvalidOperationException">A field of one of the types would not come back; the message names it.</exception>
    public static ulong Fingerprint(JsonTypeInfo info)
    {
        var text = new StringBuilder();
        Describe(info, text, []);
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Saves an abstract record of this assembly under the name of the type that it really is.</summary>
    public static void NameDerivedTypes(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || !info.Type.IsAbstract || info.Type.Assembly != typeof(RecordShape).Assembly)
        {
            return;
        }

        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$type" };
        foreach (var type in info.Type.Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(info.Type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            options.DerivedTypes.Add(new JsonDerivedType(type, type.Name));
        }

        info.PolymorphismOptions = options;
    }

    /// <summary>Properties without a setter are computed from the others.</summary>
    public static void LeaveOutComputed(JsonTypeInfo info)
    {
        for (var i = info.Properties.Count - 1; i >= 0 && info.Type.Assembly != typeof(object).Assembly; i--)
        {
            if (info.Properties[i].Set is null)
            {
                info.Properties.RemoveAt(i);
            }
        }
    }

    private static void Describe(JsonTypeInfo info, StringBuilder text, HashSet<Type> seen)
    {
        text.Append(info.Type).Append(info.Kind);
        if (!seen.Add(info.Type))
        {
            return;
        }

        foreach (var inner in new[] { info.KeyType, info.ElementType }.OfType<Type>())
        {
            Describe(info.Options.GetTypeInfo(inner), text.Append('<'), seen);
        }

        if (info.Kind == JsonTypeInfoKind.Object)
        {
            DescribeObject(info, text, seen);
        }
    }

    private static void DescribeObject(JsonTypeInfo info, StringBuilder text, HashSet<Type> seen)
    {
        if (info.PolymorphismOptions is { } derived)
        {
            foreach (var type in derived.DerivedTypes)
            {
                Describe(info.Options.GetTypeInfo(type.DerivedType), text.Append('|').Append(type.TypeDiscriminator), seen);
            }

            return;
        }

        CheckFields(info);
        foreach (var property in info.Properties.OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            Describe(info.Options.GetTypeInfo(property.PropertyType), text.Append(';').Append(property.Name).Append(':'), seen);
        }
    }

    // Private state would be dropped without a word: the type needs a converter, or a property that can be set.
    private static void CheckFields(JsonTypeInfo info)
    {
        if (info.Type.Assembly == typeof(object).Assembly)
        {
            return;
        }

        var saved = info.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        for (var type = info.Type; type is not null && type != typeof(object) && type != typeof(ValueType); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                var name = field.Name.EndsWith(BackingField, StringComparison.Ordinal) ? field.Name[1..^BackingField.Length] : field.Name;
                if (!saved.Contains(name))
                {
                    throw new InvalidOperationException(
                        $"{type.Name}.{name} would be lost in a snapshot: give it a public property that can be set, or the type a converter.");
                }
            }
        }
    }
}
