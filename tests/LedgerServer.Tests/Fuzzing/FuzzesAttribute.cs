namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>Names the types whose decoders a test class gives changed bytes; <see cref="DecoderListTests"/> holds the list complete.</summary>
/// <param name="decoders">The types that declare the decoders.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FuzzesAttribute(params Type[] decoders) : Attribute
{
    public IReadOnlyList<Type> Decoders => decoders;
}
