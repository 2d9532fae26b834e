using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Field masks of reads.</summary>
internal static class Masks
{
    /// <summary>Records a fault where the mask names a field that the message lacks.</summary>
    public static void RequireMask<T>(this FieldViolations violations, string field, FieldMask? mask)
        where T : IMessage<T>, new() =>
        violations.Require(mask is null || FieldMask.IsValid<T>(mask), field, $"must name fields of {new T().Descriptor.Name}");

    /// <summary>The message reduced to the mask; no mask or an empty one keeps everything.</summary>
    public static T Reduce<T>(this FieldMask? mask, T message)
        where T : IMessage<T>, new()
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            return message;
        }

        var reduced = new T();
        mask.Merge(message, reduced);
        return reduced;
    }
}
