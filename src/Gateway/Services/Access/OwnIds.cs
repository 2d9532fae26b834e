using System.Collections;

using Google.Protobuf;
using Google.Protobuf.Reflection;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Protos.Event.V1;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>Compares the ids in a message with those that its caller may name.</summary>
internal static class OwnIds
{
    /// <summary>The field by which messages name a learner.</summary>
    public const string LearnerField = "learner_id";

    /// <summary>The field by which messages name the organisation that asks.</summary>
    public const string OrganizationField = "organization_id";

    /// <summary>Checks a message, and fills in an id that a bound caller left empty.</summary>
    /// <param name="message">A request, or a part of one.</param>
    /// <param name="admission">Who was let in; null where the call is public.</param>
    /// <exception cref="Grpc.Core.RpcException">PERMISSION_DENIED: the id is somebody else's.</exception>
    public static void Check(IMessage message, Admission? admission)
    {
        if (admission is { IsBound: false })
        {
            return;
        }

        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            switch (field.Name)
            {
                case LearnerField:
                    CheckLearner(message, field, admission);
                    break;
                case OrganizationField:
                    CheckOrganization(message, field, admission);
                    break;
                default:
                    CheckEvents(message, field, admission);
                    break;
            }
        }
    }

    private static void CheckLearner(IMessage message, FieldDescriptor field, Admission? admission)
    {
        var id = (string)field.Accessor.GetValue(message);
        if (admission is null || !admission.Roles.HasFlag(Roles.Learner) || (id.Length > 0 && id != admission.Caller.Subject))
        {
            throw RichErrors.PermissionDenied("NOT_OWN_LEARNER", $"{field.Name}: a learner reaches her own data alone: leave it empty, or give the subject of the token");
        }

        field.Accessor.SetValue(message, admission.Caller.Subject);
    }

    private static void CheckOrganization(IMessage message, FieldDescriptor field, Admission? admission)
    {
        var id = (string)field.Accessor.GetValue(message);
        var own = admission?.Caller.Organizations;
        if (id.Length == 0 && own is { Count: 1 })
        {
            id = own.Single();
        }

        if (admission is null || !admission.Roles.HasFlag(Roles.Partner) || !own!.Contains(id))
        {
            throw RichErrors.PermissionDenied("NOT_OWN_ORGANIZATION", $"{field.Name}: a partner reaches her own organisation's data alone: give the one of her role partner:ORGANISATION");
        }

        field.Accessor.SetValue(message, id);
    }

    private static void CheckEvents(IMessage message, FieldDescriptor field, Admission? admission)
    {
        if (!field.IsRepeated || field.FieldType != FieldType.Message || field.IsMap || field.MessageType != Event.Descriptor)
        {
            return;
        }

        foreach (Event entry in (IEnumerable)field.Accessor.GetValue(message))
        {
            Check(entry, admission);
            if (entry.Kind is EventKind.Purchase or EventKind.Refund)
            {
                throw RichErrors.PermissionDenied("EVENT_NOT_OWN", $"{field.Name}.kind: purchases and refunds are recorded by the Gateway itself, when they happen");
            }
        }
    }
}
