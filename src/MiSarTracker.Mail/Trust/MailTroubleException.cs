namespace MiSarTracker.Mail.Trust;

/// <summary>Carries a <see cref="MailTrouble"/> that we found ourselves up to where every trouble is handled; it never leaves this project.</summary>
internal sealed class MailTroubleException(MailTrouble trouble, Exception? cause = null) : Exception(trouble.Reason, cause)
{
    public MailTrouble Trouble { get; } = trouble;
}
