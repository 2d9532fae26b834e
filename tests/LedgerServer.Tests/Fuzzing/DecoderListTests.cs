using System.Reflection;
using System.Text.RegularExpressions;

using Google.Protobuf;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>
/// The list of decoders: static methods of the ledger's assemblies that make something of bytes, text or a file. One that
/// is added without a test that gives it changed bytes fails here.
/// </summary>
public sealed partial class DecoderListTests
{
    private static readonly Type[] Encoded =
    [
        typeof(byte[]), typeof(ReadOnlySpan<byte>), typeof(ReadOnlyMemory<byte>), typeof(string), typeof(ReadOnlySpan<char>), typeof(Stream),
        typeof(BinaryReader), typeof(ByteString), typeof(IList<string>),
    ];

    [Fact]
    public void Decoders_EachTypeThatDeclaresOne_IsNamedByAFuzzTest()
    {
        // The internal ones of the libraries are reached through their public ones.
        var declared = new[] { typeof(MerkleLog.Notes.SignedNote), typeof(Client.Signing.SigningKeyFile) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Concat(typeof(LedgerServerHost).Assembly.GetTypes())
            .Where(type => !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)))
            .Where(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(IsDecoder))
            .ToHashSet();
        var named = typeof(DecoderListTests).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<FuzzesAttribute>())
            .SelectMany(attribute => attribute.Decoders)
            .ToHashSet();

        Assert.Equal([], declared.Where(type => !named.Contains(type)).Select(type => type.Name));
    }

    private static bool IsDecoder(MethodInfo method) =>
        !method.IsPrivate
        && !typeof(Task).IsAssignableFrom(method.ReturnType)
        && DecoderName().IsMatch(method.Name)
        && method.GetParameters().Any(parameter => Encoded.Contains(parameter.ParameterType));

    [GeneratedRegex("^(Try)?(Decode|Parse|Read|Load)")]
    private static partial Regex DecoderName();
}
