// Made from the OpenAPI document by `node scripts/generate.mjs`; do not edit.
export interface paths {
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the account */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename the account */
        patch: operations["renameAccount"];
        trace?: never;
    };
    "/account/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * First step of deleting the account
         * @description Needs the password of an owner; a letter to this owner holds the link for the second step.
         */
        post: operations["askAccountDeletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/deletion/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete the account with everything in it
         * @description By the same owner. At once nobody reaches the account any more and its runs are cancelled; when the last one has ended, connections, records, links and history are erased. The audit log stays.
         */
        post: operations["deleteAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the definitions and settings of the account
         * @description Secrets, links and history are not in it: docs/backup.md says what a backup holds besides.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import definitions and settings into the account
         * @description Without `apply` nothing is changed, and no service is called: the answer says what would be done. What is here already stays.
         */
        post: operations["importAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave the account */
        post: operations["leaveAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/tariff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the tariff of the account and what is used of it */
        get: operations["getAccountTariff"];
        /**
         * Choose another tariff
         * @description It counts at once, and runs that waited for it go on. What is used now must fit into it.
         */
        put: operations["chooseTariff"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a further account */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the audit log of the account */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that no line of the audit log was changed, removed or added */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a definition without storing it
         * @description With `connections` the streams of the account are asked too.
         */
        post: operations["checkDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connect links */
        get: operations["listConnectLinks"];
        put?: never;
        /**
         * Make a link by which somebody without a login connects an account
         * @description With `connection` the link is for new credentials of that connection, else it makes one. With `application` only the vendor’s consent page is offered, and all settings must be given here. With `email` the address is sent there too.
         */
        post: operations["createConnectLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect-links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw a connect link */
        delete: operations["withdrawConnectLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what a connect link asks for */
        get: operations["readConnectLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect/{token}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin the vendor’s consent through a link */
        post: operations["startConnectLinkConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect/{token}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect an account through a link by its credentials
         * @description They are tried first: what the vendor refuses is not kept, and the link can be used again.
         */
        post: operations["completeConnectLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connections */
        get: operations["listConnections"];
        put?: never;
        /** Add a connection */
        post: operations["addConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a connection */
        get: operations["getConnection"];
        put?: never;
        post?: never;
        /** Remove a connection that no pipeline uses */
        delete: operations["removeConnection"];
        options?: never;
        head?: never;
        /**
         * Rename a connection or change its settings
         * @description Settings replace the present ones as a whole. Where they name a host that the stored secret was not given for, the secret must come with them; a change of hosts leaves a line in the audit log.
         */
        patch: operations["updateConnection"];
        trace?: never;
    };
    "/connections/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a connection with one cheap call */
        post: operations["checkConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a connection a new secret
         * @description Runs that stopped for the old secret go on.
         */
        put: operations["reconnect"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{id}/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the streams of a connection as they are now */
        get: operations["listStreams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{id}/streams/{stream}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the fields of a stream */
        get: operations["listFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{id}/streams/{stream}/fields/{field}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the values that a field may take */
        get: operations["listValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{id}/streams/{stream}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at the first records of a stream
         * @description One page is asked for at most, and once a minute at most.
         */
        get: operations["listSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the pipelines that work with a connection */
        get: operations["listConnectionUses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin the consent on the vendor’s page (OAuth 2.0)
         * @description Send the browser to `authorizeUrl` within ten minutes, in the browser that got this answer’s cookie. The vendor’s card of the application must name `<origin>/oauth/callback` as its return address. With `connection` that one is connected again and runs that stopped for it go on; else a connection is made.
         */
        post: operations["startConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connectors with the settings they take */
        get: operations["listConnectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How to reach those who run this installation */
        get: operations["getContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List customers that this account looks after
         * @description Name a customer in the header `pipewright-account` to see the states of its pipelines and runs.
         */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Ask a customer to be linked
         * @description By the id of the account or the address of an owner. The answer is the same where there is none.
         */
        post: operations["askCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the link to a customer */
        delete: operations["endCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List records that were refused for good */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a dead letter with its record */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace the record that the next resend moves */
        put: operations["editDeadLetter"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give records up: one, selected ones or all */
        post: operations["discardDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move records again: one, selected ones or all
         * @description Without `ids` all open ones that fit the other members, at most 10,000 in one call.
         */
        post: operations["resendDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email-confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm an address by the link of a letter */
        post: operations["confirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email-confirmations/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another confirmation letter
         * @description The answer is the same for every address.
         */
        post: operations["sendConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow all runs of the account
         * @description Event `run` holds a run each time it changed. The stream goes on until the client leaves.
         */
        get: operations["followAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fields/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check one field of a mapping and try it on records of the stream
         * @description Types are checked against the fields that the account has. Nothing is written; the records are the first ones of the stream, asked for once a minute at most.
         */
        post: operations["checkField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook intakes */
        get: operations["listHooks"];
        put?: never;
        /**
         * Make a webhook intake for a connection
         * @description Where the vendor can be asked, it is told the address at once. The address is shown once.
         */
        post: operations["createHook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a webhook intake, here and at the vendor */
        delete: operations["deleteHook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/installation/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the audit log of the installation itself */
        get: operations["listInstallationAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/installation/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the audit logs of the installation and of all accounts */
        get: operations["verifyInstallationAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List open invitations */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite somebody by mail
         * @description A second invitation to an address takes the place of the first.
         */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key
         * @description A key makes none that is wider than itself: in scopes, in addresses, in time.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key at once */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        /**
         * Change the name, scopes, addresses or end of an API key
         * @description What is left out stays. It counts from the next request on.
         */
        patch: operations["editKey"];
        trace?: never;
    };
    "/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List letters that the installation wrote */
        get: operations["listMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a letter
         * @description Its text only where no mail server is set (`SMTP_URL`), so that somebody must hand it over.
         */
        get: operations["getMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what they may see */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name or language */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/me/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose the account that this session shows
         * @description A single request may name another one in the header `pipewright-account`.
         */
        post: operations["switchAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the address
         * @description A letter to the present address asks for consent, then one to the new address asks to confirm it.
         */
        post: operations["changeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations to this person’s address */
        get: operations["listMyInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/invitations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/invitations/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline an invitation */
        post: operations["declineInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description All other sessions end; this one goes on under a new id.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List where they are signed in */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** End all sessions but this one */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/two-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to use a second step */
        post: operations["beginTwoFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/two-factor/backup-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make new backup codes */
        post: operations["newBackupCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/two-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch the second step on with a first code */
        post: operations["confirmTwoFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/two-factor/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch the second step off */
        post: operations["endTwoFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the account’s members */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a member */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** Change a member’s role */
        patch: operations["changeRole"];
        trace?: never;
    };
    "/migrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a one-off migration in one call
         * @description The definition is published, or found published with the same content and connections, and run once. Follow it at `links.events`, fetch `links.result` at its end.
         */
        post: operations["startMigration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/migrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how far a migration is */
        get: operations["getMigration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/migrations/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the reconciliation and the dead letters of an ended migration
         * @description JSON lines: one of kind `migration`, one `reconciliation` for each flow and target, one `dead_letter` for each refused record, at last `end` with their numbers.
         */
        get: operations["downloadMigrationResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the accounts with their tariffs and what they use */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/accounts/{id}/tariff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the tariff of any account and what is used of it */
        get: operations["getTariffOfAccount"];
        /**
         * Put an account on another tariff
         * @description It counts at once. What the account uses now must fit into it. The account’s own log shows it.
         */
        put: operations["assignTariff"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all pages, drafts too */
        get: operations["listAllPages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/pages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a page with its texts in all languages */
        get: operations["getPageForEdit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everybody’s requests */
        get: operations["listAllRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get anybody’s request with its thread */
        get: operations["getAnyRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/requests/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a request */
        post: operations["closeRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/requests/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a request; the requester gets it by mail */
        post: operations["answerRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/requests/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a closed request again */
        post: operations["reopenRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tariffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tariffs with how many accounts have each */
        get: operations["listTariffsInUse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the promotions and information pages that are shown now */
        get: operations["listPages"];
        put?: never;
        /** Write a page; it begins as a draft */
        post: operations["createPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write a page anew */
        put: operations["changePage"];
        post?: never;
        /** Delete a page with all its texts */
        delete: operations["deletePage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pages/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show a page within its dates */
        post: operations["publishPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pages/{id}/unpublish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a page a draft again */
        post: operations["unpublishPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pages/{kind}/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a page that is shown now */
        get: operations["getPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List servicing companies that look after this account, or ask to */
        get: operations["listPartners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partners/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a servicing company see states and file requests */
        post: operations["acceptPartner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partners/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the link to a servicing company */
        post: operations["endPartner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partners/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse a servicing company */
        post: operations["refusePartner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a letter to set a new password
         * @description The answer is the same for every address.
         */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password by the link of a letter
         * @description All sessions of the person end. It also confirms the address.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List pipelines */
        get: operations["listPipelines"];
        put?: never;
        /**
         * Check a definition and publish it
         * @description The id stands in the text. Every problem is told at once in `details.problems`.
         */
        post: operations["publishPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a pipeline with its published definition */
        get: operations["getPipeline"];
        put?: never;
        post?: never;
        /**
         * Delete a pipeline
         * @description Stops its triggers and runs. Links and history are kept for 30 days.
         */
        delete: operations["deletePipeline"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a period of one flow again, without touching its checkpoint */
        post: operations["backfillFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare two versions, or a version with the draft */
        get: operations["diffVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the draft of a pipeline */
        get: operations["getDraft"];
        /**
         * Store a draft
         * @description Any text is kept, also one with errors; they come with the answer. Send If-Match with the ETag you saw.
         */
        put: operations["putDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get where the parts of the picture were put */
        get: operations["getLayout"];
        /**
         * Store where the parts of the picture were put
         * @description It is no part of the definition: versions and runs know nothing of it.
         */
        put: operations["putLayout"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop triggers, and running runs at their next batch */
        post: operations["pausePipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish the draft, or the text that is sent */
        post: operations["publishDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget how far flows have come
         * @description With `links` it also forgets which records were written; `confirm` must then be the id of the pipeline.
         */
        post: operations["resetFlows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let triggers and runs go on */
        post: operations["resumePipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of a pipeline */
        get: operations["listVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one version with its text and plan */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a pipeline with its writes held back
         * @description Takes a pipeline or a definition as `POST /runs` does. What it would write can be seen for 24 hours. A definition that is not published stays so: only its preview runs it, beside the published version.
         */
        post: operations["startPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/previews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a preview */
        get: operations["getPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/previews/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write exactly what a preview showed
         * @description Records that changed at the target since are refused one by one; a preview whose flow moved on since is refused whole. A previewed definition that is not published yet is published with it.
         */
        post: operations["applyPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/previews/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a preview would write, before and after */
        get: operations["listPreviewChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Sends a letter with a link for `POST /email-confirmations`. The answer is the same for an address that is known: its owner gets a letter that says so.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the requests of the account
         * @description A servicing company sees those that it filed for this customer.
         */
        get: operations["listRequests"];
        put?: never;
        /**
         * Ask those who run this installation
         * @description Answers come by mail too, and can be answered by mail.
         */
        post: operations["fileRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a request with its thread */
        get: operations["getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add to a request; a closed one is opened again */
        post: operations["writeRequestMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs */
        get: operations["listRuns"];
        put?: never;
        /**
         * Start a run of a pipeline, or of a definition sent with the request
         * @description With `definition` the text is published first (or found published with the same content and connections): a whole migration in one call.
         */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a run with its counts, rate and forecast */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a run at its next batch; its checkpoint stays */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a run to its end
         * @description Event `progress` holds the whole run each time it changed; event `end` the run as it ended.
         */
        get: operations["followRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause a run at its next batch */
        post: operations["pauseRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the same source records again */
        post: operations["replayRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a paused run go on */
        post: operations["resumeRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sandboxes that run beside this installation
         * @description Each is what `POST /connections` takes: a practice account that holds no real records and answers as the vendor does.
         */
        get: operations["listSandboxes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Sets a session cookie (HttpOnly, SameSite=Lax, with https Secure and named `__Host-`). At most ten tries in 15 minutes for one login.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/second-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish signing in with a code
         * @description Within ten minutes of the first step, with the cookie that it set. Five tries, then sign in anew.
         */
        post: operations["secondStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List those who run the installation */
        get: operations["listStaff"];
        put?: never;
        /** Make a registered person an operator or a support user */
        post: operations["addStaff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take that role away */
        delete: operations["removeStaff"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List support links and visits */
        get: operations["listSupportLinks"];
        put?: never;
        /**
         * Let the support look, once
         * @description The link opens within ten minutes, once, for a signed-in person of the support; the visit ends after an hour or when the link is withdrawn. A visit changes nothing and shows no secrets, records or bills. The audit log shows who looked at what.
         */
        post: operations["createSupportLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw a support link, and end its visit at once */
        delete: operations["withdrawSupportLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a support visit
         * @description For people of the support. The visit belongs to this sign-in alone: name its account in the header `Pipewright-Account`. Every answer during it carries the header `Pipewright-Support-Visit`.
         */
        post: operations["openSupportLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the open visits of this sign-in */
        get: operations["listSupportVisits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/support-visits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a support visit */
        delete: operations["leaveSupportVisit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tariffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tariffs, the smallest first */
        get: operations["listTariffs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/views/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one of the stable views
         * @description As a JSON array, or as JSON lines with `Accept: application/x-ndjson`. docs/contract.md lists the columns.
         */
        get: operations["readView"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask those who run this installation, without an account
         * @description The answer goes to the address by mail; it can be answered by mail or with the token.
         */
        post: operations["fileVisitorRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor-requests/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the thread of a visitor’s request */
        get: operations["getVisitorRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor-requests/{token}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add to a visitor’s request */
        post: operations["writeVisitorMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook endpoints */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Add an address that events are sent to
         * @description Deliveries are signed after Standard Webhooks; the secret is shown once.
         */
        post: operations["addWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook endpoint */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /** Remove a webhook endpoint with its delivery log */
        delete: operations["removeWebhookEndpoint"];
        options?: never;
        head?: never;
        /** Change a webhook endpoint, or switch it off and on */
        patch: operations["changeWebhookEndpoint"];
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was sent to a webhook endpoint */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a delivery once more */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook endpoint a new secret
         * @description For a day deliveries carry a signature with the former secret beside the new one.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test event */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Why a request was refused (RFC 9457). */
        Problem: {
            /** @description What happened, as `area/problem`; docs/errors.md explains each. */
            code: string;
            detail: string;
            /** @description Values that belong to it. */
            details?: {
                [key: string]: unknown;
            };
            /** @description One sentence: what to do. */
            hint: string;
            /** @description One sentence: what happened to which thing. */
            message: string;
            requestId: string;
            status: number;
            title: string;
            /** @description Names the code as a URN. */
            type: string;
        };
    };
    responses: {
        /** @description The request was refused; the code says why. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account of this request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "Test",
                     *       "createdAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the account.
                         */
                        id: string;
                        name: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    renameAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Harbour Ltd"
                 *     }
                 */
                "application/json": {
                    /** @description What the account is called, such as the company’s name. */
                    name: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "Crown and Anchor",
                     *       "createdAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the account.
                         */
                        id: string;
                        name: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    askAccountDeletion: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "harbour-lamp-cello"
                 *     }
                 */
                "application/json": {
                    /** @description The present password. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description The letter is on its way; its link works for an hour. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `person/password_wrong` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "q3VxY0pPZk1hS2dXbU5iVXg"
                 *     }
                 */
                "application/json": {
                    /** @description What stands after `token=` in the link of the letter. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Deleted; all owners get a letter. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `person/token_invalid` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One document, for `POST /account/import`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 1,
                     *       "connections": [
                     *         {
                     *           "name": "copy",
                     *           "connector": "http",
                     *           "settings": {
                     *             "service": "rest-crm",
                     *             "base_url": "https://pipewright.example.com"
                     *           },
                     *           "needsSecret": true
                     *         },
                     *         {
                     *           "name": "crm",
                     *           "connector": "http",
                     *           "settings": {
                     *             "service": "rest-crm",
                     *             "base_url": "https://pipewright.example.com"
                     *           },
                     *           "needsSecret": true
                     *         }
                     *       ],
                     *       "pipelines": [
                     *         {
                     *           "id": "a-contacts",
                     *           "state": "paused",
                     *           "definition": "pipeline: a-contacts\ntitle: Contacts\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: full }\n    map:\n      name: name\n      company_id: { ref: companies/companies, by: company_id, missing: \"null\" }\n    to: { stream: copy.contacts, write: upsert }\n",
                     *           "draft": null,
                     *           "connections": {
                     *             "copy": "copy",
                     *             "crm": "crm"
                     *           }
                     *         },
                     *         {
                     *           "id": "companies",
                     *           "state": "active",
                     *           "definition": "# A comment that stays\npipeline: companies\ntitle: Firms\nconnections: { crm: { connector: http }, copy: { connector: http } }\ntrigger: { every: 1m }\nflows:\n  companies:\n    from: { stream: crm.companies, read: incremental }\n    map: { name: name }\n    to: { stream: copy.companies, write: upsert }\n",
                     *           "draft": "# A comment that stays\npipeline: companies\ntitle: Companies\nconnections: { crm: { connector: http }, copy: { connector: http } }\ntrigger: { every: 1m }\nflows:\n  companies:\n    from: { stream: crm.companies, read: incremental }\n    map: { name: name }\n    to: { stream: copy.companies, write: upsert }\n# next\n",
                     *           "connections": {
                     *             "copy": "copy",
                     *             "crm": "crm"
                     *           }
                     *         }
                     *       ],
                     *       "exportedAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @description In the order of names. */
                        connections: {
                            /** @description Id of its connector. */
                            connector: string;
                            /** @description Name of a connection, or its uuid. */
                            name: string;
                            /** @description Whether it works with a secret, which is not in the document. */
                            needsSecret: boolean;
                            /** @description Settings that are no secret. */
                            settings: {
                                [key: string]: unknown;
                            };
                        }[];
                        /**
                         * Format: date-time
                         * @description When it was written.
                         */
                        exportedAt?: string;
                        /** @description In the order of ids. */
                        pipelines: {
                            /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                            connections: {
                                [key: string]: string;
                            };
                            definition: string | null;
                            draft: string | null;
                            /** @description Kebab-case id of the pipeline. */
                            id: string;
                            /**
                             * @description Whether its triggers and runs go on, or stand still.
                             * @enum {string}
                             */
                            state: "active" | "paused";
                        }[];
                        /**
                         * @description Version of this shape.
                         * @constant
                         */
                        version: 1;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    importAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "document": {
                 *         "version": 1,
                 *         "connections": [
                 *           {
                 *             "name": "crm",
                 *             "connector": "http",
                 *             "settings": {
                 *               "service": "rest-crm",
                 *               "base_url": "https://crm.example"
                 *             },
                 *             "needsSecret": true
                 *           }
                 *         ],
                 *         "pipelines": []
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description New pipelines take the state of the document. Default: they are paused. */
                    activate?: boolean;
                    /** @description Do it. Default: only say what would be done. */
                    apply?: boolean;
                    /** @description Definitions and settings of an account, without secrets. */
                    document: {
                        /** @description In the order of names. */
                        connections: {
                            /** @description Id of its connector. */
                            connector: string;
                            /** @description Name of a connection, or its uuid. */
                            name: string;
                            /** @description Whether it works with a secret, which is not in the document. */
                            needsSecret: boolean;
                            /** @description Settings that are no secret. */
                            settings: {
                                [key: string]: unknown;
                            };
                        }[];
                        /**
                         * Format: date-time
                         * @description When it was written.
                         */
                        exportedAt?: string;
                        /** @description In the order of ids. */
                        pipelines: {
                            /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                            connections: {
                                [key: string]: string;
                            };
                            definition: string | null;
                            draft: string | null;
                            /** @description Kebab-case id of the pipeline. */
                            id: string;
                            /**
                             * @description Whether its triggers and runs go on, or stand still.
                             * @enum {string}
                             */
                            state: "active" | "paused";
                        }[];
                        /**
                         * @description Version of this shape.
                         * @constant
                         */
                        version: 1;
                    };
                    /** @description Replace what is defined otherwise here. Default: it stays. */
                    replace?: boolean;
                };
            };
        };
        responses: {
            /** @description What was done, or would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isApplied": true,
                     *       "connections": [
                     *         {
                     *           "name": "x",
                     *           "action": "refuse",
                     *           "message": "There is no connector `nobody`."
                     *         },
                     *         {
                     *           "name": "y",
                     *           "action": "refuse",
                     *           "message": "The settings of this connection are not valid: `service` is missing; `base_url` is missing; has no setting `nothing`."
                     *         }
                     *       ],
                     *       "pipelines": [
                     *         {
                     *           "id": "wrong",
                     *           "action": "refuse",
                     *           "message": "Its definition has an error: line 1: The definition has no `connections`.",
                     *           "problems": [
                     *             {
                     *               "code": "definition/missing_key",
                     *               "severity": "error",
                     *               "message": "The definition has no `connections`.",
                     *               "hint": "Add `connections:`, slots for connections.",
                     *               "line": 1,
                     *               "column": 1,
                     *               "path": "",
                     *               "excerpt": "1 | pipeline: wrong\n  | ^^^^^^^^^^^^^^^",
                     *               "file": "wrong"
                     *             },
                     *             {
                     *               "code": "definition/missing_key",
                     *               "severity": "error",
                     *               "message": "The definition has no `flows`.",
                     *               "hint": "Add `flows:`, what is moved from where to where.",
                     *               "line": 1,
                     *               "column": 1,
                     *               "path": "",
                     *               "excerpt": "1 | pipeline: wrong\n  | ^^^^^^^^^^^^^^^",
                     *               "file": "wrong"
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "id": "renamed",
                     *           "action": "refuse",
                     *           "message": "Its definition is of pipeline `companies`.",
                     *           "problems": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        connections: {
                            /**
                             * @description add: it is new here; keep: it is here as it is; replace: it is changed; conflict: another one is here, which stays; refuse: it cannot be used.
                             * @enum {string}
                             */
                            action: "add" | "keep" | "replace" | "conflict" | "refuse";
                            message: string;
                            /** @description Name of a connection, or its uuid. */
                            name: string;
                        }[];
                        /** @description False: this is what would be done. */
                        isApplied: boolean;
                        pipelines: {
                            /**
                             * @description add: it is new here; keep: it is here as it is; replace: it is changed; conflict: another one is here, which stays; refuse: it cannot be used.
                             * @enum {string}
                             */
                            action: "add" | "keep" | "replace" | "conflict" | "refuse";
                            /** @description Kebab-case id of the pipeline. */
                            id: string;
                            message: string;
                            /** @description What is wrong with a refused definition. */
                            problems: {
                                /** @description What is wrong, as `definition/...`. */
                                code: string;
                                column: number;
                                /** @description The line with a marker under the place. */
                                excerpt: string;
                                file: string;
                                hint: string;
                                line: number;
                                message: string;
                                /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                                path: string;
                                /**
                                 * @description Errors keep a definition from being published.
                                 * @enum {string}
                                 */
                                severity: "error" | "warning";
                            }[];
                        }[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/name_taken`, `run/already_running` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `definition/reset_needed` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `vault/unreadable` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    leaveAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They belong to it no longer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `member/last_owner` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getAccountTariff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Limits, present use, and the tariff that follows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tariff": {
                     *         "name": "business",
                     *         "title": "Business",
                     *         "description": "For a company whose departments work with each other's records every day.",
                     *         "price": {
                     *           "amountMinor": 5900,
                     *           "currency": "EUR"
                     *         },
                     *         "limits": {
                     *           "pipelines": 15,
                     *           "recordsAMonth": 200000,
                     *           "members": 10,
                     *           "shortestIntervalMs": 300000
                     *         }
                     *       },
                     *       "use": {
                     *         "pipelines": 0,
                     *         "recordsThisMonth": 0,
                     *         "members": 1,
                     *         "shortestIntervalMs": null
                     *       },
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        next: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        } | null;
                        /** @description A tariff, in the language of the person or of `Accept-Language`. */
                        tariff: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        };
                        use: {
                            /** @description Members and open invitations. */
                            members: number;
                            /** @description Published pipelines. */
                            pipelines: number;
                            /** @description Records written or deleted since the first of the month (UTC). */
                            recordsThisMonth: number;
                            shortestIntervalMs: number | null;
                        };
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    chooseTariff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tariff": "professional"
                 *     }
                 */
                "application/json": {
                    tariff: string;
                };
            };
        };
        responses: {
            /** @description The tariff as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tariff": {
                     *         "name": "business",
                     *         "title": "Business",
                     *         "description": "For a company whose departments work with each other's records every day.",
                     *         "price": {
                     *           "amountMinor": 5900,
                     *           "currency": "EUR"
                     *         },
                     *         "limits": {
                     *           "pipelines": 15,
                     *           "recordsAMonth": 200000,
                     *           "members": 10,
                     *           "shortestIntervalMs": 300000
                     *         }
                     *       },
                     *       "use": {
                     *         "pipelines": 1,
                     *         "recordsThisMonth": 10000,
                     *         "members": 1,
                     *         "shortestIntervalMs": null
                     *       },
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        next: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        } | null;
                        /** @description A tariff, in the language of the person or of `Accept-Language`. */
                        tariff: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        };
                        use: {
                            /** @description Members and open invitations. */
                            members: number;
                            /** @description Published pipelines. */
                            pipelines: number;
                            /** @description Records written or deleted since the first of the month (UTC). */
                            recordsThisMonth: number;
                            shortestIntervalMs: number | null;
                        };
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `tariff/unknown` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Second company"
                 *     }
                 */
                "application/json": {
                    /** @description What the account is called, such as the company’s name. */
                    name: string;
                };
            };
        };
        responses: {
            /** @description An account that they own. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "Sandcastle",
                     *       "createdAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the account.
                         */
                        id: string;
                        name: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only this action, such as `key.created`. */
                action?: string;
                /** @description Only lines of this actor, such as `key:3f9a2c1d` or `person:anna@example.com`. */
                actor?: string;
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description Only lines from this time on, such as `2031-05-01`. */
                from?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description Only lines about this object. */
                object?: string;
                /** @description Only the lines of one request. */
                requestId?: string;
                /** @description Only lines before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "seq": 20,
                     *           "actor": "support:maria@example.com",
                     *           "onBehalfOf": "maria@example.com",
                     *           "action": "support.ended",
                     *           "object": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "details": {
                     *             "why": "withdrawn by maria@example.com"
                     *           },
                     *           "requestId": null,
                     *           "hash": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "seq": 19,
                     *           "actor": "person:maria@example.com",
                     *           "onBehalfOf": null,
                     *           "action": "support_link.withdrawn",
                     *           "object": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "details": {
                     *             "user": "01978f3a-6c1e-7d20-9a51-000000000002"
                     *           },
                     *           "requestId": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "hash": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description What; `.refused` at its end: it was asked for and not done. */
                            action: string;
                            /** @description Who: `person:`, `key:`, `support:`, `partner:` and a name, `visitor`, `system`. */
                            actor: string;
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /** @description Values that belong to it. No secrets, no records. */
                            details: {
                                [key: string]: unknown;
                            };
                            /** @description Keyed hash over this line and the hash of the one before. */
                            hash: string;
                            object: string | null;
                            onBehalfOf: string | null;
                            requestId: string | null;
                            /** @description Number within the chain of the account. */
                            seq: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isWhole": false,
                     *       "lines": 1,
                     *       "brokenAt": 2,
                     *       "problem": "Line 2 is not as it was written."
                     *     }
                     */
                    "application/json": {
                        brokenAt: number | null;
                        isWhole: boolean;
                        /** @description Lines that are as they were written. */
                        lines: number;
                        problem: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    checkDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "definition": "pipeline: contacts-copy\ntitle: Copy the contacts\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: incremental }\n    map: { name: name, email: email }\n    to: { stream: copy.contacts, write: upsert }\n"
                 *     }
                 */
                "application/json": {
                    /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                    connections?: {
                        [key: string]: string;
                    };
                    /** @description The definition as YAML text, at most 256 KB. */
                    definition: string;
                };
            };
        };
        responses: {
            /** @description All problems, with their places. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isValid": false,
                     *       "pipeline": null,
                     *       "problems": [
                     *         {
                     *           "code": "definition/unused",
                     *           "severity": "warning",
                     *           "message": "The slot `a` is never used.",
                     *           "hint": "Remove it, or use it.",
                     *           "line": 3,
                     *           "column": 16,
                     *           "path": "connections.a",
                     *           "excerpt": "3 | connections: { a: { connector: nobody } }\n  |                ^",
                     *           "file": "definition"
                     *         },
                     *         {
                     *           "code": "definition/unknown_connector",
                     *           "severity": "error",
                     *           "message": "The connector `nobody` does not exist.",
                     *           "hint": "Known connectors: amocrm, bitrix24, creatio, file, http, postgres, webhook.",
                     *           "line": 3,
                     *           "column": 32,
                     *           "path": "connections.a.connector",
                     *           "excerpt": "3 | connections: { a: { connector: nobody } }\n  |                                ^^^^^^",
                     *           "file": "definition"
                     *         }
                     *       ],
                     *       "notes": []
                     *     }
                     */
                    "application/json": {
                        /** @description True when it could be published. */
                        isValid: boolean;
                        notes: string[];
                        pipeline: string | null;
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `definition/unbound_slot`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listConnectLinks: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first, without their addresses. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "connector": "http",
                     *           "name": "colleague",
                     *           "settings": {
                     *             "service": "rest-crm",
                     *             "base_url": "https://pipewright.example.com"
                     *           },
                     *           "connectionId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "createdBy": "test",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "expiresAt": "2026-03-02T09:30:00.000Z",
                     *           "usedAt": "2026-03-02T09:30:00.000Z",
                     *           "withdrawnAt": null,
                     *           "state": "used"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            connectionId: string | null;
                            connector: string;
                            /**
                             * Format: date-time
                             * @description When it was made.
                             */
                            createdAt: string;
                            createdBy: string;
                            /**
                             * Format: date-time
                             * @description Until when it can be used.
                             */
                            expiresAt: string;
                            /**
                             * Format: uuid
                             * @description The link.
                             */
                            id: string;
                            /** @description Name of the connection that it is for. */
                            name: string;
                            /** @description Settings that stand already. */
                            settings: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description Only an open one can be used.
                             * @enum {string}
                             */
                            state: "open" | "used" | "withdrawn" | "expired";
                            usedAt: string | null;
                            withdrawnAt: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    createConnectLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "connector": "amocrm",
                 *       "name": "sales",
                 *       "settings": {
                 *         "base_url": "https://example.amocrm.ru"
                 *       },
                 *       "days": 3
                 *     }
                 */
                "application/json": {
                    /** @description The application at the vendor that the consent is given to. */
                    application?: {
                        /** @description Its id. */
                        clientId: string;
                        /** @description Its key; kept encrypted and never shown again. */
                        clientSecret: string;
                    };
                    /** @description Name of a connection, or its uuid. */
                    connection?: string;
                    /** @description Id of a connector. */
                    connector?: string;
                    /** @description How long it can be used; 7 days. */
                    days?: number;
                    /** @description An e-mail address. */
                    email?: string;
                    /**
                     * @description Language of the mail; English when absent.
                     * @enum {string}
                     */
                    language?: "en" | "ru" | "uk" | "pl" | "ro";
                    /** @description Name within the account. */
                    name?: string;
                    /** @description Settings that are known already; the others are asked for. */
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The link with its address. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "connector": "webhook",
                     *       "name": "canaryforeign-sender",
                     *       "settings": {
                     *         "stream": "stream",
                     *         "streams": {
                     *           "orders": {
                     *             "key": "id",
                     *             "event_id": "event"
                     *           }
                     *         },
                     *         "signature": {
                     *           "format": "hex",
                     *           "header": "X-Signature",
                     *           "algorithm": "sha256"
                     *         }
                     *       },
                     *       "connectionId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "createdBy": "test",
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z",
                     *       "usedAt": null,
                     *       "withdrawnAt": null,
                     *       "state": "open",
                     *       "url": "https://pipewright.example.com/connect/Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4",
                     *       "token": "Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4"
                     *     }
                     */
                    "application/json": {
                        connectionId: string | null;
                        connector: string;
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        createdBy: string;
                        /**
                         * Format: date-time
                         * @description Until when it can be used.
                         */
                        expiresAt: string;
                        /**
                         * Format: uuid
                         * @description The link.
                         */
                        id: string;
                        /** @description Name of the connection that it is for. */
                        name: string;
                        /** @description Settings that stand already. */
                        settings: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description Only an open one can be used.
                         * @enum {string}
                         */
                        state: "open" | "used" | "withdrawn" | "expired";
                        /** @description The secret of the address, for `/connect/{token}`. Shown once. */
                        token: string;
                        /** @description The address to send. It holds a secret and is shown once. */
                        url: string;
                        usedAt: string | null;
                        withdrawnAt: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/name_taken` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `connection/consent_not_offered`, `connection/invalid_settings`, `connection/unknown_connector` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    withdrawConnectLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The link. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `connection/link_closed` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    readConnectLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret out of the link’s address. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who asks, and for what. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": "Test",
                     *       "name": "old",
                     *       "isReconnect": true,
                     *       "expiresAt": "2026-03-02T09:30:00.000Z",
                     *       "connector": {
                     *         "id": "http",
                     *         "title": "HTTP service",
                     *         "setup": {
                     *           "needsAdmin": false,
                     *           "instructions": null,
                     *           "note": "What the service asks for stands in its definition; usually a token out of its settings."
                     *         }
                     *       },
                     *       "ways": [
                     *         "secret"
                     *       ],
                     *       "settings": null,
                     *       "secret": {
                     *         "type": "object",
                     *         "properties": {
                     *           "token": {
                     *             "type": "string",
                     *             "title": "Bearer token",
                     *             "description": "Sent as `Authorization: Bearer`."
                     *           },
                     *           "api_key": {
                     *             "type": "string",
                     *             "title": "API key",
                     *             "description": "Sent in the header that the service names."
                     *           },
                     *           "username": {
                     *             "type": "string",
                     *             "title": "User name",
                     *             "description": "For basic authentication or the sign-in of a session."
                     *           },
                     *           "password": {
                     *             "type": "string",
                     *             "title": "Password",
                     *             "description": "For basic authentication or the sign-in of a session."
                     *           },
                     *           "client_id": {
                     *             "type": "string",
                     *             "title": "Client id",
                     *             "description": "Of the application registered at the service (OAuth 2.0)."
                     *           },
                     *           "client_secret": {
                     *             "type": "string",
                     *             "title": "Client secret",
                     *             "description": "Of the application registered at the service (OAuth 2.0)."
                     *           }
                     *         },
                     *         "additionalProperties": false,
                     *         "required": []
                     *       },
                     *       "needsApplication": false
                     *     }
                     */
                    "application/json": {
                        /** @description Who asks. */
                        account: string;
                        connector: {
                            id: string;
                            /** @description What a person needs before connecting. */
                            setup: {
                                instructions: string | null;
                                /** @description Whether only an administrator of the vendor account can do it. */
                                needsAdmin: boolean;
                                /** @description Where to look and which rights are needed. */
                                note: string;
                            };
                            title: string;
                        };
                        /**
                         * Format: date-time
                         * @description Until when the link can be used.
                         */
                        expiresAt: string;
                        /** @description Whether it is there already and needs new credentials. */
                        isReconnect: boolean;
                        /** @description Name of the connection. */
                        name: string;
                        /** @description Whether the consent needs `application` with the request. */
                        needsApplication: boolean;
                        secret: {
                            [key: string]: unknown;
                        } | null;
                        settings: {
                            [key: string]: unknown;
                        } | null;
                        ways: ("secret" | "consent")[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `connection/link_closed` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    startConnectLinkConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The secret out of the link’s address. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description The application at the vendor that the consent is given to. */
                    application?: {
                        /** @description Its id. */
                        clientId: string;
                        /** @description Its key; kept encrypted and never shown again. */
                        clientSecret: string;
                    };
                    /** @description Settings that the link leaves to fill in. */
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Where to send the browser; the answer sets a cookie. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authorizeUrl": "https://pipewright.example.com/oauth/authorize/?client_id=local.f001310acb77f8.39025306&state=Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @description The vendor’s page. */
                        authorizeUrl: string;
                        /**
                         * Format: date-time
                         * @description Until when the browser must be back.
                         */
                        expiresAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/link_closed` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/consent_not_offered`, `connection/invalid_settings` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    completeConnectLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The secret out of the link’s address. */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secret": {
                 *         "token": "…"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Secret settings; kept encrypted and never shown again. */
                    secret: {
                        [key: string]: unknown;
                    };
                    /** @description Settings that the link leaves to fill in. */
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description It is connected; the link is used up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "colleague",
                     *       "vendorAccount": "Sandbox company",
                     *       "rightsMissing": []
                     *     }
                     */
                    "application/json": {
                        /** @description Name of the connection. */
                        name: string;
                        rightsMissing: string[];
                        /** @description The account at the vendor. */
                        vendorAccount: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, without their secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "name": "copy",
                     *           "connector": "http",
                     *           "settings": {
                     *             "service": "rest-crm",
                     *             "base_url": "https://pipewright.example.com"
                     *           },
                     *           "hosts": [
                     *             "203.0.113.7"
                     *           ],
                     *           "state": "broken",
                     *           "failure": {
                     *             "code": "connection/missing_secret",
                     *             "hint": "Connect it again: `pipewright connect secret copy`.",
                     *             "kind": "auth",
                     *             "message": "Connection `copy` was imported without its secret."
                     *           },
                     *           "hasSecret": false,
                     *           "createdAt": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "name": "crm",
                     *           "connector": "http",
                     *           "settings": {
                     *             "service": "rest-crm",
                     *             "base_url": "https://pipewright.example.com"
                     *           },
                     *           "hosts": [
                     *             "203.0.113.7"
                     *           ],
                     *           "state": "broken",
                     *           "failure": {
                     *             "code": "connection/missing_secret",
                     *             "hint": "Connect it again: `pipewright connect secret crm`.",
                     *             "kind": "auth",
                     *             "message": "Connection `crm` was imported without its secret."
                     *           },
                     *           "hasSecret": false,
                     *           "createdAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            connector: string;
                            /**
                             * Format: date-time
                             * @description When it was added.
                             */
                            createdAt: string;
                            failure: {
                                [key: string]: unknown;
                            } | null;
                            /** @description Secrets themselves are never shown. */
                            hasSecret: boolean;
                            /** @description Places that the secret may be sent to. */
                            hosts: string[];
                            /**
                             * Format: uuid
                             * @description Id of the connection.
                             */
                            id: string;
                            name: string;
                            /** @description Settings that are no secret. */
                            settings: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description A broken one must be reconnected.
                             * @enum {string}
                             */
                            state: "active" | "broken";
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    addConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "crm",
                 *       "connector": "http",
                 *       "settings": {
                 *         "service": "rest-crm",
                 *         "base_url": "https://crm.example"
                 *       },
                 *       "secret": {
                 *         "token": "..."
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Id of a connector. */
                    connector: string;
                    /** @description Name within the account. */
                    name: string;
                    secret?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description Settings that are no secret, as the connector declares them. */
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The connection. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "sender",
                     *       "connector": "webhook",
                     *       "settings": {
                     *         "stream": "stream",
                     *         "streams": {
                     *           "orders": {
                     *             "key": "id",
                     *             "event_id": "event"
                     *           },
                     *           "others": {
                     *             "key": "id",
                     *             "event_id": "event"
                     *           }
                     *         },
                     *         "signature": {
                     *           "format": "hex",
                     *           "header": "X-Signature",
                     *           "algorithm": "sha256"
                     *         }
                     *       },
                     *       "hosts": [],
                     *       "state": "active",
                     *       "failure": null,
                     *       "hasSecret": true,
                     *       "createdAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        connector: string;
                        /**
                         * Format: date-time
                         * @description When it was added.
                         */
                        createdAt: string;
                        failure: {
                            [key: string]: unknown;
                        } | null;
                        /** @description Secrets themselves are never shown. */
                        hasSecret: boolean;
                        /** @description Places that the secret may be sent to. */
                        hosts: string[];
                        /**
                         * Format: uuid
                         * @description Id of the connection.
                         */
                        id: string;
                        name: string;
                        /** @description Settings that are no secret. */
                        settings: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description A broken one must be reconnected.
                         * @enum {string}
                         */
                        state: "active" | "broken";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/name_taken` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/unknown_connector` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "sales",
                     *       "connector": "amocrm",
                     *       "settings": {
                     *         "auth": "oauth",
                     *         "base_url": "https://pipewright.example.com"
                     *       },
                     *       "hosts": [
                     *         "203.0.113.7"
                     *       ],
                     *       "state": "broken",
                     *       "failure": {
                     *         "code": "connection/token_revoked",
                     *         "hint": "Connect the account again; the pipelines go on from where they stopped.",
                     *         "kind": "auth",
                     *         "details": {
                     *           "wasSent": false,
                     *           "connectionId": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *         },
                     *         "message": "amoCRM does not accept this connection’s token any more: Cannot decrypt the refresh token: В запросе отсутствует ряд параметров или параметры невалидны."
                     *       },
                     *       "hasSecret": true,
                     *       "createdAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        connector: string;
                        /**
                         * Format: date-time
                         * @description When it was added.
                         */
                        createdAt: string;
                        failure: {
                            [key: string]: unknown;
                        } | null;
                        /** @description Secrets themselves are never shown. */
                        hasSecret: boolean;
                        /** @description Places that the secret may be sent to. */
                        hosts: string[];
                        /**
                         * Format: uuid
                         * @description Id of the connection.
                         */
                        id: string;
                        name: string;
                        /** @description Settings that are no secret. */
                        settings: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description A broken one must be reconnected.
                         * @enum {string}
                         */
                        state: "active" | "broken";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    removeConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed, and its secret with it. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `connection/in_use` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    updateConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "crm-berlin"
                 *     }
                 */
                "application/json": {
                    /** @description Name within the account. */
                    name?: string;
                    /** @description A new secret. */
                    secret?: {
                        [key: string]: unknown;
                    };
                    /** @description All settings that are no secret. */
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "seen",
                     *       "connector": "http",
                     *       "settings": {
                     *         "service": "rest-crm",
                     *         "base_url": "https://pipewright.example.com"
                     *       },
                     *       "hosts": [
                     *         "203.0.113.7"
                     *       ],
                     *       "state": "active",
                     *       "failure": null,
                     *       "hasSecret": true,
                     *       "createdAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        connector: string;
                        /**
                         * Format: date-time
                         * @description When it was added.
                         */
                        createdAt: string;
                        failure: {
                            [key: string]: unknown;
                        } | null;
                        /** @description Secrets themselves are never shown. */
                        hasSecret: boolean;
                        /** @description Places that the secret may be sent to. */
                        hosts: string[];
                        /**
                         * Format: uuid
                         * @description Id of the connection.
                         */
                        id: string;
                        name: string;
                        /** @description Settings that are no secret. */
                        settings: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description A broken one must be reconnected.
                         * @enum {string}
                         */
                        state: "active" | "broken";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `connection/name_taken` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `connection/invalid_secret`, `connection/invalid_settings`, `connection/secret_needed` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    checkConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it works; a refusal is an answer too. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isWorking": false,
                     *       "account": null,
                     *       "rightsFound": [],
                     *       "rightsMissing": [],
                     *       "failure": {
                     *         "code": "connection/token_revoked",
                     *         "kind": "auth",
                     *         "message": "amoCRM does not accept this connection’s token any more: Cannot decrypt the refresh token: В запросе отсутствует ряд параметров или параметры невалидны.",
                     *         "hint": "Connect the account again; the pipelines go on from where they stopped.",
                     *         "details": {
                     *           "connectionId": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "wasSent": false
                     *         }
                     *       },
                     *       "setup": {
                     *         "needsAdmin": true,
                     *         "instructions": "https://www.amocrm.ru/developers/content/oauth/step-by-step",
                     *         "note": "Only an administrator of the account can make an integration and allow it: amoMarket, Create integration, with access to the account’s data."
                     *       }
                     *     }
                     */
                    "application/json": {
                        account: string | null;
                        failure: {
                            [key: string]: unknown;
                        } | null;
                        isWorking: boolean;
                        rightsFound: string[];
                        rightsMissing: string[];
                        /** @description What a person needs before connecting. */
                        setup: {
                            instructions: string | null;
                            /** @description Whether only an administrator of the vendor account can do it. */
                            needsAdmin: boolean;
                            /** @description Where to look and which rights are needed. */
                            note: string;
                        };
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    reconnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secret": {
                 *         "token": "..."
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Secret settings. */
                    secret: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "copy",
                     *       "connector": "http",
                     *       "settings": {
                     *         "service": "rest-crm",
                     *         "base_url": "https://pipewright.example.com"
                     *       },
                     *       "hosts": [
                     *         "203.0.113.7"
                     *       ],
                     *       "state": "active",
                     *       "failure": null,
                     *       "hasSecret": true,
                     *       "createdAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        connector: string;
                        /**
                         * Format: date-time
                         * @description When it was added.
                         */
                        createdAt: string;
                        failure: {
                            [key: string]: unknown;
                        } | null;
                        /** @description Secrets themselves are never shown. */
                        hasSecret: boolean;
                        /** @description Places that the secret may be sent to. */
                        hosts: string[];
                        /**
                         * Format: uuid
                         * @description Id of the connection.
                         */
                        id: string;
                        name: string;
                        /** @description Settings that are no secret. */
                        settings: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description A broken one must be reconnected.
                         * @enum {string}
                         */
                        state: "active" | "broken";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `connection/invalid_secret` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listStreams: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "companies",
                     *           "title": "Companies",
                     *           "isOpen": false,
                     *           "key": [
                     *             "id"
                     *           ],
                     *           "read": {
                     *             "modes": [
                     *               "full",
                     *               "incremental"
                     *             ],
                     *             "cursor": [
                     *               "updated_at"
                     *             ],
                     *             "pageSize": 250,
                     *             "filters": [
                     *               "owner",
                     *               "industry"
                     *             ],
                     *             "showsDeletions": true,
                     *             "findBy": [
                     *               "id",
                     *               "external_id"
                     *             ],
                     *             "findBatch": 50
                     *           },
                     *           "write": {
                     *             "modes": [
                     *               "insert",
                     *               "update"
                     *             ],
                     *             "idempotency": "upsert",
                     *             "ownIdField": "external_id",
                     *             "naturalKey": null,
                     *             "matchFields": [
                     *               "id",
                     *               "external_id"
                     *             ],
                     *             "batchSize": 250,
                     *             "parallelBatches": 4,
                     *             "canCreateFields": false
                     *           },
                     *           "fieldCount": 16
                     *         },
                     *         {
                     *           "name": "contacts",
                     *           "title": "Contacts",
                     *           "isOpen": false,
                     *           "key": [
                     *             "id"
                     *           ],
                     *           "read": {
                     *             "modes": [
                     *               "full",
                     *               "incremental"
                     *             ],
                     *             "cursor": [
                     *               "updated_at"
                     *             ],
                     *             "pageSize": 250,
                     *             "filters": [
                     *               "owner",
                     *               "company_id"
                     *             ],
                     *             "showsDeletions": true,
                     *             "findBy": [
                     *               "id",
                     *               "external_id"
                     *             ],
                     *             "findBatch": 50
                     *           },
                     *           "write": {
                     *             "modes": [
                     *               "insert",
                     *               "update"
                     *             ],
                     *             "idempotency": "upsert",
                     *             "ownIdField": "external_id",
                     *             "naturalKey": null,
                     *             "matchFields": [
                     *               "id",
                     *               "external_id"
                     *             ],
                     *             "batchSize": 250,
                     *             "parallelBatches": 4,
                     *             "canCreateFields": false
                     *           },
                     *           "fieldCount": 17
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            fieldCount: number;
                            /** @description Whether records may hold fields that are not listed. */
                            isOpen: boolean;
                            key: string[] | null;
                            name: string;
                            read: {
                                [key: string]: unknown;
                            } | null;
                            title: string;
                            write: {
                                [key: string]: unknown;
                            } | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
                stream: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stream": "deals",
                     *       "isOpen": false,
                     *       "key": [
                     *         "id"
                     *       ],
                     *       "items": [
                     *         {
                     *           "name": "id",
                     *           "type": "text",
                     *           "isReadOnly": true
                     *         },
                     *         {
                     *           "name": "external_id",
                     *           "type": "text"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        isOpen: boolean;
                        items: {
                            fields?: {
                                [key: string]: unknown;
                            }[];
                            isReadOnly?: boolean;
                            isRequired?: boolean;
                            name: string;
                            of?: string;
                            title?: string;
                            type: string;
                            values?: {
                                title: string;
                                value: string;
                            }[];
                        }[];
                        key: string[] | null;
                        next: null;
                        stream: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listValues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                field: string;
                /** @description Name of a connection, or its uuid. */
                id: string;
                stream: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that are known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            title: string;
                            value: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listSamples: {
        parameters: {
            query?: {
                /** @description At most so many; 5 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
                stream: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The records. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "key": "1165217",
                     *           "record": {
                     *             "id": "1165217",
                     *             "external_id": null,
                     *             "name": "Alexandra Matei",
                     *             "first_name": "Alexandra",
                     *             "last_name": "Matei",
                     *             "position": "manager vânzări",
                     *             "birthday": "1996-02-06",
                     *             "company_id": "1575380",
                     *             "email": "alexandra.matei1@posta.example.ro",
                     *             "phone": "0040 766-887313",
                     *             "phones": [
                     *               {
                     *                 "type": "mobile",
                     *                 "value": "0040 766-887313"
                     *               },
                     *               {
                     *                 "type": "work",
                     *                 "value": "+40766101750"
                     *               }
                     *             ],
                     *             "emails": [
                     *               {
                     *                 "type": "work",
                     *                 "value": "alexandra.matei1@posta.example.ro"
                     *               },
                     *               {
                     *                 "type": "private",
                     *                 "value": "Matei.1@private.example.net"
                     *               }
                     *             ],
                     *             "address": {
                     *               "street": "Str. Florilor 94",
                     *               "city": "Iași",
                     *               "zip": "204468",
                     *               "country": "RO"
                     *             },
                     *             "owner": "u5",
                     *             "custom": {
                     *               "source": "polecenie",
                     *               "score": "67.5"
                     *             },
                     *             "created_at": "2026-03-02T09:30:00.000Z",
                     *             "updated_at": "2026-03-02T09:30:00.000Z"
                     *           }
                     *         },
                     *         {
                     *           "key": "1165218",
                     *           "record": {
                     *             "id": "1165218",
                     *             "external_id": null,
                     *             "name": "Ștefania Popa",
                     *             "first_name": "Ștefania",
                     *             "last_name": "Popa",
                     *             "position": "director",
                     *             "birthday": "1986-02-10",
                     *             "company_id": null,
                     *             "email": "stefania.popa2@posta.example.ro",
                     *             "phone": "0766811068",
                     *             "phones": [
                     *               {
                     *                 "type": "mobile",
                     *                 "value": "0766811068"
                     *               },
                     *               {
                     *                 "type": "work",
                     *                 "value": "0040 745-396977"
                     *               }
                     *             ],
                     *             "emails": [
                     *               {
                     *                 "type": "work",
                     *                 "value": "stefania.popa2@posta.example.ro"
                     *               }
                     *             ],
                     *             "address": {
                     *               "street": "Str. Florilor 16",
                     *               "city": "Iași",
                     *               "zip": "707391",
                     *               "country": "RO"
                     *             },
                     *             "owner": "u7",
                     *             "custom": {
                     *               "source": "fair",
                     *               "score": "73.5"
                     *             },
                     *             "created_at": "2026-03-02T09:30:00.000Z",
                     *             "updated_at": "2026-03-02T09:30:00.000Z"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            key: string | null;
                            /** @description The record as it is now; long texts are cut. */
                            record: {
                                [key: string]: unknown;
                            };
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listConnectionUses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a connection, or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those whose published version or running run is bound to it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "pipeline": "kept-versions",
                     *           "title": "Copy the contacts",
                     *           "state": "active",
                     *           "slots": [
                     *             "crm"
                     *           ],
                     *           "isRunning": false
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Whether a run under way works with it. */
                            isRunning: boolean;
                            /** @description Its id. */
                            pipeline: string;
                            /** @description Slots of the definition that the connection stands in. */
                            slots: string[];
                            /**
                             * @description State of the pipeline.
                             * @enum {string}
                             */
                            state: "active" | "paused";
                            title: string;
                            /**
                             * Format: uuid
                             * @description The pipeline.
                             */
                            uid: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    startConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "connector": "amocrm",
                 *       "name": "sales",
                 *       "settings": {
                 *         "base_url": "https://example.amocrm.ru"
                 *       },
                 *       "application": {
                 *         "clientId": "…",
                 *         "clientSecret": "…"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description The application at the vendor that the consent is given to. */
                    application?: {
                        /** @description Its id. */
                        clientId: string;
                        /** @description Its key; kept encrypted and never shown again. */
                        clientSecret: string;
                    };
                    /** @description Name of a connection, or its uuid. */
                    connection?: string;
                    /** @description Id of a connector. */
                    connector?: string;
                    /** @description Name within the account. */
                    name?: string;
                    /**
                     * @description The page of ours that the browser ends on.
                     * @enum {string}
                     */
                    returnTo?: "/oauth/connected" | "/connections";
                    /** @description Settings of the new connection. */
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Where to send the browser. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authorizeUrl": "https://pipewright.example.com/connect/authorize?response_type=code&client_id=Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQ&redirect_uri=https%3A%2F%2Fpipewright.example.com%2Foauth%2Fcallback&scope=offline_access&state=Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4&code_challenge=Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4&code_challenge_method=S256",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @description The vendor’s page. */
                        authorizeUrl: string;
                        /**
                         * Format: date-time
                         * @description Until when the browser must be back.
                         */
                        expiresAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/name_taken` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `connection/consent_not_offered`, `connection/invalid_settings`, `connection/unknown_connector` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listConnectors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "amocrm",
                     *           "title": "amoCRM (Kommo)",
                     *           "auth": "oauth2",
                     *           "settings": {
                     *             "type": "object",
                     *             "required": [
                     *               "base_url"
                     *             ],
                     *             "properties": {
                     *               "base_url": {
                     *                 "type": "string",
                     *                 "title": "Account address",
                     *                 "description": "Address of the account, like `https://example.amocrm.ru` or `https://example.kommo.com`.",
                     *                 "format": "uri"
                     *               },
                     *               "auth": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string",
                     *                     "const": "oauth"
                     *                   },
                     *                   {
                     *                     "type": "string",
                     *                     "const": "token"
                     *                   }
                     *                 ],
                     *                 "title": "Way of signing in",
                     *                 "description": "`oauth` for consent in the browser (the default), `token` for a long-lived token."
                     *               },
                     *               "oauth_url": {
                     *                 "type": "string",
                     *                 "title": "Consent address",
                     *                 "description": "Where people give their consent; by default `https://www.amocrm.ru` or the like, by the account.",
                     *                 "format": "uri"
                     *               },
                     *               "drive_url": {
                     *                 "type": "string",
                     *                 "title": "File service",
                     *                 "description": "Address of the account’s file service, like `https://drive-b.amocrm.ru`; for stream `files`.",
                     *                 "format": "uri"
                     *               },
                     *               "requests_per_second": {
                     *                 "type": "number",
                     *                 "title": "Requests a second",
                     *                 "description": "What the vendor allows this integration; 7 by default.",
                     *                 "exclusiveMinimum": 0,
                     *                 "maximum": 50
                     *               }
                     *             },
                     *             "additionalProperties": false
                     *           },
                     *           "secret": {
                     *             "type": "object",
                     *             "properties": {
                     *               "token": {
                     *                 "type": "string",
                     *                 "title": "Long-lived token",
                     *                 "description": "From the keys of a private integration."
                     *               },
                     *               "client_id": {
                     *                 "type": "string",
                     *                 "title": "Integration id",
                     *                 "description": "From the keys of the integration."
                     *               },
                     *               "client_secret": {
                     *                 "type": "string",
                     *                 "title": "Secret key",
                     *                 "description": "From the keys of the integration."
                     *               },
                     *               "redirect_uri": {
                     *                 "type": "string",
                     *                 "title": "Redirect address",
                     *                 "description": "As it is entered in the integration."
                     *               },
                     *               "access_token": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string"
                     *                   },
                     *                   {
                     *                     "type": "null"
                     *                   }
                     *                 ],
                     *                 "title": "Access token",
                     *                 "description": "Kept up to date by Pipewright."
                     *               },
                     *               "refresh_token": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string"
                     *                   },
                     *                   {
                     *                     "type": "null"
                     *                   }
                     *                 ],
                     *                 "title": "Refresh token",
                     *                 "description": "Kept up to date by Pipewright; the vendor takes it once only."
                     *               },
                     *               "expires_at": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string"
                     *                   },
                     *                   {
                     *                     "type": "null"
                     *                   }
                     *                 ],
                     *                 "title": "Access token runs out at",
                     *                 "description": "Kept up to date by Pipewright, as an ISO time."
                     *               }
                     *             },
                     *             "additionalProperties": false
                     *           },
                     *           "lookups": [],
                     *           "webhook": {
                     *             "canRegister": true
                     *           },
                     *           "setup": {
                     *             "needsAdmin": true,
                     *             "instructions": "https://www.amocrm.ru/developers/content/oauth/step-by-step",
                     *             "note": "Only an administrator of the account can make an integration and allow it: amoMarket, Create integration, with access to the account’s data."
                     *           },
                     *           "hasConsent": true,
                     *           "facts": [
                     *             {
                     *               "text": "Pages hold up to 250 records, events up to 100; an empty list is status 204 without a body.",
                     *               "isVerified": true,
                     *               "source": "https://github.com/amocrm/amocrm-api-php"
                     *             },
                     *             {
                     *               "text": "An account without API filters ignores `filter[...]` of leads, contacts and companies in silence; this is noticed and changes are then read from the newest backwards.",
                     *               "isVerified": true,
                     *               "source": "https://www.amocrm.ru/developers/content/crm_platform/filters-api"
                     *             }
                     *           ],
                     *           "isLocal": false,
                     *           "streams": [
                     *             {
                     *               "name": "catalog_elements",
                     *               "title": "Elements of catalogs",
                     *               "key": [
                     *                 "id"
                     *               ],
                     *               "fields": [
                     *                 {
                     *                   "name": "id",
                     *                   "title": "ID",
                     *                   "type": "text",
                     *                   "isReadOnly": true
                     *                 },
                     *                 {
                     *                   "name": "name",
                     *                   "title": "Name",
                     *                   "type": "text",
                     *                   "isRequired": true
                     *                 }
                     *               ],
                     *               "isOpen": true,
                     *               "read": {
                     *                 "modes": [
                     *                   "full"
                     *                 ],
                     *                 "cursor": null,
                     *                 "pageSize": 250,
                     *                 "filters": [],
                     *                 "showsDeletions": false,
                     *                 "findBy": "any"
                     *               },
                     *               "write": null
                     *             },
                     *             {
                     *               "name": "catalogs",
                     *               "title": "Catalogs",
                     *               "key": [
                     *                 "id"
                     *               ],
                     *               "fields": [
                     *                 {
                     *                   "name": "id",
                     *                   "title": "ID",
                     *                   "type": "text",
                     *                   "isReadOnly": true
                     *                 },
                     *                 {
                     *                   "name": "name",
                     *                   "title": "Name",
                     *                   "type": "text",
                     *                   "isReadOnly": true
                     *                 }
                     *               ],
                     *               "isOpen": false,
                     *               "read": {
                     *                 "modes": [
                     *                   "full"
                     *                 ],
                     *                 "cursor": null,
                     *                 "pageSize": 250,
                     *                 "filters": [],
                     *                 "showsDeletions": false,
                     *                 "findBy": [
                     *                   "id",
                     *                   "name"
                     *                 ]
                     *               },
                     *               "write": null
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "id": "bitrix24",
                     *           "title": "Bitrix24",
                     *           "auth": "declared",
                     *           "settings": {
                     *             "type": "object",
                     *             "required": [
                     *               "base_url"
                     *             ],
                     *             "properties": {
                     *               "base_url": {
                     *                 "type": "string",
                     *                 "title": "Portal",
                     *                 "description": "Address of the Bitrix24 portal, e.g. `https://example.bitrix24.ru`.",
                     *                 "format": "uri"
                     *               },
                     *               "auth": {
                     *                 "type": "string",
                     *                 "enum": [
                     *                   "webhook",
                     *                   "oauth"
                     *                 ],
                     *                 "title": "Sign-in",
                     *                 "description": "An incoming webhook (default), or a local or marketplace application with OAuth 2.0."
                     *               },
                     *               "oauth_url": {
                     *                 "type": "string",
                     *                 "title": "Token server",
                     *                 "description": "Address of the server that gives tokens; `https://oauth.bitrix.info` by default.",
                     *                 "format": "uri"
                     *               },
                     *               "requests_per_second": {
                     *                 "type": "number",
                     *                 "title": "Requests per second",
                     *                 "description": "What the portal’s plan allows: 2 by default, 5 on Enterprise.",
                     *                 "minimum": 0.1,
                     *                 "maximum": 1000
                     *               },
                     *               "smart_processes": {
                     *                 "type": "array",
                     *                 "items": {
                     *                   "type": "integer",
                     *                   "minimum": 128
                     *                 },
                     *                 "title": "Smart processes",
                     *                 "description": "Type ids whose streams `items_<id>` are known without asking the portal; others are found by asking."
                     *               },
                     *               "product_rows": {
                     *                 "type": "boolean",
                     *                 "title": "Read product rows",
                     *                 "description": "Whether deals and leads are read with their `PRODUCT_ROWS` (default): one more request a page."
                     *               }
                     *             },
                     *             "additionalProperties": false
                     *           },
                     *           "secret": {
                     *             "type": "object",
                     *             "properties": {
                     *               "webhook": {
                     *                 "type": "string",
                     *                 "title": "Incoming webhook",
                     *                 "description": "Its address as the portal shows it, or the last two parts of it: `1/abcdef0123456789`."
                     *               },
                     *               "client_id": {
                     *                 "type": "string",
                     *                 "title": "Application id",
                     *                 "description": "The application’s `client_id` (OAuth 2.0)."
                     *               },
                     *               "client_secret": {
                     *                 "type": "string",
                     *                 "title": "Application key",
                     *                 "description": "The application’s `client_secret` (OAuth 2.0)."
                     *               },
                     *               "access_token": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string"
                     *                   },
                     *                   {
                     *                     "type": "null"
                     *                   }
                     *                 ],
                     *                 "title": "Access token",
                     *                 "description": "Kept up to date by Pipewright."
                     *               },
                     *               "refresh_token": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string"
                     *                   },
                     *                   {
                     *                     "type": "null"
                     *                   }
                     *                 ],
                     *                 "title": "Refresh token",
                     *                 "description": "Kept up to date by Pipewright."
                     *               },
                     *               "expires_at": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string"
                     *                   },
                     *                   {
                     *                     "type": "null"
                     *                   }
                     *                 ],
                     *                 "title": "Access token runs out at",
                     *                 "description": "Kept up to date by Pipewright."
                     *               },
                     *               "member_id": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "string"
                     *                   },
                     *                   {
                     *                     "type": "null"
                     *                   }
                     *                 ],
                     *                 "title": "Portal’s own id",
                     *                 "description": "Kept up to date by Pipewright."
                     *               }
                     *             },
                     *             "additionalProperties": false
                     *           },
                     *           "lookups": [],
                     *           "webhook": {
                     *             "canRegister": true
                     *           },
                     *           "setup": {
                     *             "needsAdmin": true,
                     *             "instructions": "https://apidocs.bitrix24.com/local-integrations/local-webhooks.html",
                     *             "note": "In the portal: Developer resources, Other, Inbound webhook, with the right “CRM”; or a local application for OAuth 2.0. Both act with the rights of the person who makes them, so an administrator should."
                     *           },
                     *           "hasConsent": true,
                     *           "facts": [
                     *             {
                     *               "text": "Lists are walked by id, 50 rows at first, then up to 2,500 in one batch.",
                     *               "isVerified": true
                     *             },
                     *             {
                     *               "text": "Records that were deleted are told by events only; lists show nothing of them.",
                     *               "isVerified": true
                     *             }
                     *           ],
                     *           "isLocal": false,
                     *           "streams": [
                     *             {
                     *               "name": "activities",
                     *               "title": "Activities",
                     *               "fields": [
                     *                 {
                     *                   "name": "ID",
                     *                   "type": "text",
                     *                   "title": "ID",
                     *                   "isReadOnly": true
                     *                 },
                     *                 {
                     *                   "name": "OWNER_TYPE_ID",
                     *                   "type": "text",
                     *                   "title": "Type of the record it belongs to",
                     *                   "isRequired": true
                     *                 }
                     *               ],
                     *               "isOpen": true,
                     *               "key": [
                     *                 "ID"
                     *               ],
                     *               "read": {
                     *                 "modes": [
                     *                   "full",
                     *                   "incremental"
                     *                 ],
                     *                 "cursor": [
                     *                   "LAST_UPDATED"
                     *                 ],
                     *                 "pageSize": 2500,
                     *                 "filters": [
                     *                   "COMPLETED",
                     *                   "ID"
                     *                 ],
                     *                 "showsDeletions": false,
                     *                 "findBy": [
                     *                   "ID",
                     *                   "ORIGIN_ID"
                     *                 ]
                     *               },
                     *               "write": {
                     *                 "modes": [
                     *                   "insert",
                     *                   "update"
                     *                 ],
                     *                 "idempotency": "find_then_create",
                     *                 "ownIdField": "ORIGIN_ID",
                     *                 "naturalKey": null,
                     *                 "matchFields": [
                     *                   "ID",
                     *                   "ORIGIN_ID"
                     *                 ],
                     *                 "batchSize": 50,
                     *                 "parallelBatches": 2,
                     *                 "canCreateFields": false
                     *               }
                     *             },
                     *             {
                     *               "name": "companies",
                     *               "title": "Companies",
                     *               "fields": [
                     *                 {
                     *                   "name": "ID",
                     *                   "type": "text",
                     *                   "title": "ID",
                     *                   "isReadOnly": true
                     *                 },
                     *                 {
                     *                   "name": "DATE_CREATE",
                     *                   "type": "datetime",
                     *                   "title": "Created at",
                     *                   "isReadOnly": true
                     *                 }
                     *               ],
                     *               "isOpen": true,
                     *               "key": [
                     *                 "ID"
                     *               ],
                     *               "read": {
                     *                 "modes": [
                     *                   "full",
                     *                   "incremental"
                     *                 ],
                     *                 "cursor": [
                     *                   "DATE_MODIFY"
                     *                 ],
                     *                 "pageSize": 2500,
                     *                 "filters": [
                     *                   "ID",
                     *                   "DATE_CREATE"
                     *                 ],
                     *                 "showsDeletions": false,
                     *                 "findBy": "any",
                     *                 "findBatch": 2500
                     *               },
                     *               "write": {
                     *                 "modes": [
                     *                   "insert",
                     *                   "update"
                     *                 ],
                     *                 "idempotency": "find_then_create",
                     *                 "ownIdField": "ORIGIN_ID",
                     *                 "naturalKey": null,
                     *                 "matchFields": "any",
                     *                 "batchSize": 50,
                     *                 "parallelBatches": 2,
                     *                 "canCreateFields": true,
                     *                 "createsInSteps": true
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            auth: string;
                            facts: {
                                [key: string]: unknown;
                            }[];
                            /** @description Whether a person can agree on the vendor’s page (OAuth 2.0). */
                            hasConsent: boolean;
                            id: string;
                            isLocal: boolean;
                            lookups: {
                                [key: string]: unknown;
                            }[];
                            secret: {
                                [key: string]: unknown;
                            } | null;
                            /** @description JSON Schema of the settings. */
                            settings: {
                                [key: string]: unknown;
                            };
                            /** @description What a person needs before connecting. */
                            setup: {
                                instructions: string | null;
                                /** @description Whether only an administrator of the vendor account can do it. */
                                needsAdmin: boolean;
                                /** @description Where to look and which rights are needed. */
                                note: string;
                            };
                            streams: unknown[] | null;
                            title: string;
                            webhook: {
                                canRegister: boolean;
                            } | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What they have set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "maria@example.com",
                     *       "phone": null,
                     *       "company": "Example Ltd\nMain street 1"
                     *     }
                     */
                    "application/json": {
                        company: string | null;
                        email: string | null;
                        phone: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listCustomers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that accepted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description The customer’s account.
                             */
                            accountId: string;
                            accountName: string;
                            /**
                             * Format: date-time
                             * @description When it was asked for.
                             */
                            createdAt: string;
                            decidedAt: string | null;
                            /**
                             * Format: uuid
                             * @description Id of the link.
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @description The servicing company’s account.
                             */
                            partnerAccountId: string;
                            partnerName: string;
                            /**
                             * @description Only an `accepted` one shows anything to the partner.
                             * @enum {string}
                             */
                            state: "requested" | "accepted" | "refused" | "ended";
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    askCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ownerEmail": "ann@example.com"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Id of the customer’s account.
                     */
                    account?: string;
                    /** @description An e-mail address. */
                    ownerEmail?: string;
                };
            };
        };
        responses: {
            /** @description The owners and admins of the account are asked by mail. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    endCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the link. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the customer gets a letter. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description Only those with this code. */
                code?: string;
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description Name of a flow. */
                flow?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                pipeline?: string;
                /** @description Only those of this run. */
                run?: string;
                /** @description Only those in this state. */
                state?: "open" | "resent" | "solved" | "discarded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, oldest first, without the records. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "pipeline": "letters",
                     *           "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "flow": "contacts",
                     *           "runId": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "version": 1,
                     *           "sourceKey": "1165217",
                     *           "part": "",
                     *           "code": "map/requirement_failed",
                     *           "message": "A requirement is not met: Not this one.",
                     *           "hint": "Correct the record at the source and replay it.",
                     *           "details": null,
                     *           "state": "open",
                     *           "at": "2026-03-02T09:30:00.000Z",
                     *           "hasRecord": true
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was refused.
                             */
                            at: string;
                            /** @description Why, as a failure code. */
                            code: string;
                            details: {
                                [key: string]: unknown;
                            } | null;
                            flow: string;
                            hasRecord: boolean;
                            hint: string;
                            /**
                             * Format: uuid
                             * @description Id of the dead letter.
                             */
                            id: string;
                            /** @description Why, in the words of the vendor or of the mapping. */
                            message: string;
                            part: string;
                            pipeline: string;
                            /**
                             * Format: uuid
                             * @description The pipeline.
                             */
                            pipelineUid: string;
                            /**
                             * Format: uuid
                             * @description The run that it comes from.
                             */
                            runId: string;
                            sourceKey: string;
                            /**
                             * @description Only `open` ones can be edited, resent and discarded.
                             * @enum {string}
                             */
                            state: "open" | "resent" | "solved" | "discarded";
                            /** @description The version that refused the record. */
                            version: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a dead letter. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "letters",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "flow": "contacts",
                     *       "runId": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *       "version": 1,
                     *       "sourceKey": "1165217",
                     *       "part": "",
                     *       "code": "map/requirement_failed",
                     *       "message": "A requirement is not met: Not this one.",
                     *       "hint": "Correct the record at the source and replay it.",
                     *       "details": null,
                     *       "state": "solved",
                     *       "at": "2026-03-02T09:30:00.000Z",
                     *       "hasRecord": true,
                     *       "record": {
                     *         "id": "1165217",
                     *         "external_id": null,
                     *         "name": "Mended",
                     *         "first_name": "Alexandra",
                     *         "last_name": "Matei",
                     *         "position": "manager vânzări",
                     *         "birthday": "1996-02-06",
                     *         "company_id": "1575381",
                     *         "email": "alexandra.matei1@posta.example.ro",
                     *         "phone": "0040 766-887313",
                     *         "phones": [
                     *           {
                     *             "type": "mobile",
                     *             "value": "0040 766-887313"
                     *           },
                     *           {
                     *             "type": "work",
                     *             "value": "+40766101750"
                     *           }
                     *         ],
                     *         "emails": [
                     *           {
                     *             "type": "work",
                     *             "value": "alexandra.matei1@posta.example.ro"
                     *           },
                     *           {
                     *             "type": "private",
                     *             "value": "Matei.1@private.example.net"
                     *           }
                     *         ],
                     *         "address": {
                     *           "street": "Str. Florilor 94",
                     *           "city": "Iași",
                     *           "zip": "204468",
                     *           "country": "RO"
                     *         },
                     *         "owner": "u5",
                     *         "custom": {
                     *           "source": "polecenie",
                     *           "score": "67.5"
                     *         },
                     *         "created_at": "2026-03-02T09:30:00.000Z",
                     *         "updated_at": "2026-03-02T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was refused.
                         */
                        at: string;
                        /** @description Why, as a failure code. */
                        code: string;
                        details: {
                            [key: string]: unknown;
                        } | null;
                        flow: string;
                        hasRecord: boolean;
                        hint: string;
                        /**
                         * Format: uuid
                         * @description Id of the dead letter.
                         */
                        id: string;
                        /** @description Why, in the words of the vendor or of the mapping. */
                        message: string;
                        part: string;
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        pipelineUid: string;
                        record: {
                            [key: string]: unknown;
                        } | null;
                        /**
                         * Format: uuid
                         * @description The run that it comes from.
                         */
                        runId: string;
                        sourceKey: string;
                        /**
                         * @description Only `open` ones can be edited, resent and discarded.
                         * @enum {string}
                         */
                        state: "open" | "resent" | "solved" | "discarded";
                        /** @description The version that refused the record. */
                        version: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    editDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a dead letter. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "record": {
                 *         "id": "17",
                 *         "name": "ACME",
                 *         "email": "info@acme.example"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description The whole record, with the field names of the source. */
                    record: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The dead letter as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "letters",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "flow": "contacts",
                     *       "runId": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *       "version": 1,
                     *       "sourceKey": "1165217",
                     *       "part": "",
                     *       "code": "map/requirement_failed",
                     *       "message": "A requirement is not met: Not this one.",
                     *       "hint": "Correct the record at the source and replay it.",
                     *       "details": null,
                     *       "state": "open",
                     *       "at": "2026-03-02T09:30:00.000Z",
                     *       "hasRecord": true,
                     *       "record": {
                     *         "id": "1165217",
                     *         "external_id": null,
                     *         "name": "Mended",
                     *         "first_name": "Alexandra",
                     *         "last_name": "Matei",
                     *         "position": "manager vânzări",
                     *         "birthday": "1996-02-06",
                     *         "company_id": "1575381",
                     *         "email": "alexandra.matei1@posta.example.ro",
                     *         "phone": "0040 766-887313",
                     *         "phones": [
                     *           {
                     *             "type": "mobile",
                     *             "value": "0040 766-887313"
                     *           },
                     *           {
                     *             "type": "work",
                     *             "value": "+40766101750"
                     *           }
                     *         ],
                     *         "emails": [
                     *           {
                     *             "type": "work",
                     *             "value": "alexandra.matei1@posta.example.ro"
                     *           },
                     *           {
                     *             "type": "private",
                     *             "value": "Matei.1@private.example.net"
                     *           }
                     *         ],
                     *         "address": {
                     *           "street": "Str. Florilor 94",
                     *           "city": "Iași",
                     *           "zip": "204468",
                     *           "country": "RO"
                     *         },
                     *         "owner": "u5",
                     *         "custom": {
                     *           "source": "polecenie",
                     *           "score": "67.5"
                     *         },
                     *         "created_at": "2026-03-02T09:30:00.000Z",
                     *         "updated_at": "2026-03-02T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was refused.
                         */
                        at: string;
                        /** @description Why, as a failure code. */
                        code: string;
                        details: {
                            [key: string]: unknown;
                        } | null;
                        flow: string;
                        hasRecord: boolean;
                        hint: string;
                        /**
                         * Format: uuid
                         * @description Id of the dead letter.
                         */
                        id: string;
                        /** @description Why, in the words of the vendor or of the mapping. */
                        message: string;
                        part: string;
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        pipelineUid: string;
                        record: {
                            [key: string]: unknown;
                        } | null;
                        /**
                         * Format: uuid
                         * @description The run that it comes from.
                         */
                        runId: string;
                        sourceKey: string;
                        /**
                         * @description Only `open` ones can be edited, resent and discarded.
                         * @enum {string}
                         */
                        state: "open" | "resent" | "solved" | "discarded";
                        /** @description The version that refused the record. */
                        version: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `dead_letter/not_open` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    discardDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "0190a000-0000-7000-8000-000000000000"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Only those with this code. */
                    code?: string;
                    /** @description Name of a flow. */
                    flow?: string;
                    ids?: string[];
                    /** @description Id of a pipeline (kebab-case), or its uuid. */
                    pipeline?: string;
                    /**
                     * Format: uuid
                     * @description Only those of this run.
                     */
                    run?: string;
                };
            };
        };
        responses: {
            /** @description How many. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "discarded": 0
                     *     }
                     */
                    "application/json": {
                        discarded: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `dead_letter/not_open` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    resendDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pipeline": "contacts-copy",
                 *       "definition": "current"
                 *     }
                 */
                "application/json": {
                    /** @description Only those with this code. */
                    code?: string;
                    /**
                     * @description By the published version (default), or by the one that refused the record.
                     * @enum {string}
                     */
                    definition?: "current" | "old";
                    /** @description Name of a flow. */
                    flow?: string;
                    ids?: string[];
                    /** @description Id of a pipeline (kebab-case), or its uuid. */
                    pipeline?: string;
                    /**
                     * Format: uuid
                     * @description Only those of this run.
                     */
                    run?: string;
                };
            };
        };
        responses: {
            /** @description The runs that take them. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "resent": 1,
                     *       "isMore": false,
                     *       "runs": [
                     *         {
                     *           "pipeline": "letters",
                     *           "runId": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "isNew": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description More fit than one call takes: call again after these runs. */
                        isMore: boolean;
                        resent: number;
                        runs: {
                            /** @description False: a run that was open takes them too. */
                            isNew: boolean;
                            pipeline: string;
                            /**
                             * Format: uuid
                             * @description The run.
                             */
                            runId: string;
                        }[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `dead_letter/no_record`, `dead_letter/not_open`, `run/already_running`, `run/pipeline_paused` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    confirmEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"
                 *     }
                 */
                "application/json": {
                    /** @description What stands after `token=` in the link of the letter. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description What the link did. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "letter_sent"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description `confirmed`: a first address; `letter_sent`: the old address agreed, now confirm the new one; `changed`: done.
                         * @enum {string}
                         */
                        state: "confirmed" | "letter_sent" | "changed";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `person/token_invalid` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    sendConfirmation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ann@example.com"
                 *     }
                 */
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                };
            };
        };
        responses: {
            /** @description A letter is on its way where one is due. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    followAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events; the stream ends by itself. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    checkField: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "connection": "crm",
                 *       "stream": "contacts",
                 *       "field": {
                 *         "expr": "lower(record.email)"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Name of a connection, or its uuid. */
                    connection: string;
                    /** @description What stands behind a target field in `map`: a path, or an object such as `{ "expr": "..." }`. */
                    field: string | {
                        [key: string]: unknown;
                    };
                    /**
                     * @description How many records to try.
                     * @default 5
                     */
                    limit?: number;
                    /** @description The steps of the flow: what `set` names can be used, the first 50 of them. Look-ups are not asked. */
                    steps?: {
                        [key: string]: unknown;
                    }[];
                    /** @description The stream that the flow reads. */
                    stream: string;
                    /** @description Value tables of the definition. */
                    values?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description What is wrong with it, or what it gives. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isValid": true,
                     *       "problems": [],
                     *       "results": [
                     *         {
                     *           "key": "1165217",
                     *           "isAbsent": true,
                     *           "value": null,
                     *           "failure": {
                     *             "code": "map/unmapped_value",
                     *             "kind": "rejected",
                     *             "message": "The value (not shown) of `checked` is not in the value table `few`.",
                     *             "hint": "Add it to `values.few`, or give the field a `default:`.",
                     *             "where": {
                     *               "stream": "contacts",
                     *               "field": "checked"
                     *             },
                     *             "details": {
                     *               "target": 0
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "key": "1165218",
                     *           "isAbsent": true,
                     *           "value": null,
                     *           "failure": {
                     *             "code": "map/unmapped_value",
                     *             "kind": "rejected",
                     *             "message": "The value (not shown) of `checked` is not in the value table `few`.",
                     *             "hint": "Add it to `values.few`, or give the field a `default:`.",
                     *             "where": {
                     *               "stream": "contacts",
                     *               "field": "checked"
                     *             },
                     *             "details": {
                     *               "target": 0
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Whether the field could stand so in a pipeline. */
                        isValid: boolean;
                        problems: {
                            code: string;
                            end: number | null;
                            hint: string;
                            message: string;
                            /** @description Part of the field, such as `expr`; empty for the whole. */
                            part: string;
                            start: number | null;
                        }[];
                        /** @description One for each record that it was tried on; empty while it is not valid, fewer where they take long. */
                        results: {
                            failure: {
                                code: string;
                                /** @description Values that belong to it. */
                                details?: {
                                    [key: string]: unknown;
                                };
                                hint: string;
                                kind: string;
                                message: string;
                                retryAfterMs?: number;
                                /** @description Where it stands: file, line, stream, field. */
                                where?: {
                                    [key: string]: unknown;
                                };
                            } | null;
                            /** @description True where nothing would be written. */
                            isAbsent: boolean;
                            key: string | null;
                            /** @description What would be written; long texts are cut. */
                            value: unknown;
                        }[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listHooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, without their addresses. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "connectionId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "connection": "crm",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "isRegistered": true
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            connection: string;
                            /**
                             * Format: uuid
                             * @description Its connection.
                             */
                            connectionId: string;
                            /**
                             * Format: date-time
                             * @description When it was made.
                             */
                            createdAt: string;
                            /**
                             * Format: uuid
                             * @description The intake.
                             */
                            id: string;
                            isRegistered: boolean;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    createHook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "connection": "crm"
                 *     }
                 */
                "application/json": {
                    /** @description Name of a connection, or its uuid. */
                    connection: string;
                    /** @description Ask the vendor to deliver; default true. */
                    register?: boolean;
                    /** @description The vendor’s own secret, where it is not ours to choose. */
                    signingSecret?: string;
                    streams?: string[];
                };
            };
        };
        responses: {
            /** @description The intake. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "connection": "canaryforeign-sender",
                     *       "url": "https://pipewright.example.com/hooks/Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4",
                     *       "signingSecret": null,
                     *       "isRegistered": false,
                     *       "message": "Give the sender of connection `canaryforeign-sender` the intake address, and let it sign with the secret of the connection."
                     *     }
                     */
                    "application/json": {
                        connection: string;
                        id: string | null;
                        /** @description Whether the vendor was asked to deliver, and agreed. */
                        isRegistered: boolean;
                        message: string;
                        signingSecret: string | null;
                        url: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused`, `webhook/no_public_url`, `webhook/not_offered` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    deleteHook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the intake. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listInstallationAudit: {
        parameters: {
            query?: {
                /** @description Only this action, such as `key.created`. */
                action?: string;
                /** @description Only lines of this actor, such as `key:3f9a2c1d` or `person:anna@example.com`. */
                actor?: string;
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description Only lines from this time on, such as `2031-05-01`. */
                from?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description Only lines about this object. */
                object?: string;
                /** @description Only the lines of one request. */
                requestId?: string;
                /** @description Only lines before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "seq": 2,
                     *           "actor": "person:maria@example.com",
                     *           "onBehalfOf": null,
                     *           "action": "staff.added.refused",
                     *           "object": "maria@example.com support",
                     *           "details": {
                     *             "code": "api/not_found",
                     *             "user": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *           },
                     *           "requestId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "hash": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "seq": 1,
                     *           "actor": "person:maria@example.com",
                     *           "onBehalfOf": null,
                     *           "action": "staff.added",
                     *           "object": "maria@example.com support",
                     *           "details": {
                     *             "user": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *           },
                     *           "requestId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "hash": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description What; `.refused` at its end: it was asked for and not done. */
                            action: string;
                            /** @description Who: `person:`, `key:`, `support:`, `partner:` and a name, `visitor`, `system`. */
                            actor: string;
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /** @description Values that belong to it. No secrets, no records. */
                            details: {
                                [key: string]: unknown;
                            };
                            /** @description Keyed hash over this line and the hash of the one before. */
                            hash: string;
                            object: string | null;
                            onBehalfOf: string | null;
                            requestId: string | null;
                            /** @description Number within the chain of the account. */
                            seq: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    verifyInstallationAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isWhole": false,
                     *       "lines": 1,
                     *       "brokenAt": 2,
                     *       "problem": "Line 2 is not as it was written.",
                     *       "accountId": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *     }
                     */
                    "application/json": {
                        accountId: string | null;
                        brokenAt: number | null;
                        isWhole: boolean;
                        /** @description Lines that are as they were written. */
                        lines: number;
                        problem: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description The account.
                             */
                            accountId: string;
                            accountName: string;
                            /**
                             * Format: date-time
                             * @description When it was sent.
                             */
                            createdAt: string;
                            email: string;
                            /**
                             * Format: date-time
                             * @description Until when it can be accepted.
                             */
                            expiresAt: string;
                            /**
                             * Format: uuid
                             * @description Id of the invitation.
                             */
                            id: string;
                            /** @description Name of the inviter. */
                            invitedBy: string;
                            role: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "bob@example.com",
                 *       "role": "editor"
                 *     }
                 */
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                    /**
                     * @description Role in the account, each with the rights of those before it.
                     * @enum {string}
                     */
                    role: "viewer" | "editor" | "admin" | "owner";
                };
            };
        };
        responses: {
            /** @description The letter is on its way. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "accountId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "accountName": "canaryforeign account",
                     *       "email": "maria@example.com",
                     *       "role": "viewer",
                     *       "invitedBy": "canaryforeign-owner",
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The account.
                         */
                        accountId: string;
                        accountName: string;
                        /**
                         * Format: date-time
                         * @description When it was sent.
                         */
                        createdAt: string;
                        email: string;
                        /**
                         * Format: date-time
                         * @description Until when it can be accepted.
                         */
                        expiresAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the invitation.
                         */
                        id: string;
                        /** @description Name of the inviter. */
                        invitedBy: string;
                        role: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `member/owner_needed` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `member/already_member` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the invitation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its link does nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, without their secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "publicId": "wgfefv96",
                     *           "name": "test",
                     *           "scopes": [
                     *             "admin"
                     *           ],
                     *           "allowedAddresses": [],
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "lastUsedAt": "2026-03-02T09:30:00.000Z",
                     *           "expiresAt": null,
                     *           "revokedAt": null
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "publicId": "ytvda8xw",
                     *           "name": "short",
                     *           "scopes": [
                     *             "read"
                     *           ],
                     *           "allowedAddresses": [],
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "lastUsedAt": "2026-03-02T09:30:00.000Z",
                     *           "expiresAt": null,
                     *           "revokedAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Where it may be used from; everywhere when empty. */
                            allowedAddresses: string[];
                            /**
                             * Format: date-time
                             * @description When it was made.
                             */
                            createdAt: string;
                            expiresAt: string | null;
                            /**
                             * Format: uuid
                             * @description The key.
                             */
                            id: string;
                            lastUsedAt: string | null;
                            name: string;
                            /** @description The part of the key that is no secret. */
                            publicId: string;
                            revokedAt: string | null;
                            scopes: string[];
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly export",
                 *       "scopes": [
                 *         "read"
                 *       ],
                 *       "allowedAddresses": [
                 *         "203.0.113.0/24"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Addresses and networks that it may be used from, such as `203.0.113.0/24`; everywhere when empty. */
                    allowedAddresses?: string[];
                    expiresAt?: string | null;
                    name: string;
                    scopes: ("read" | "run" | "write" | "admin")[];
                };
            };
        };
        responses: {
            /** @description The key with its text, which is shown only here. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "publicId": "a3b00sg4",
                     *       "name": "narrow",
                     *       "scopes": [
                     *         "admin"
                     *       ],
                     *       "allowedAddresses": [
                     *         "127.0.0.0/8"
                     *       ],
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "lastUsedAt": null,
                     *       "expiresAt": "2026-03-02T09:30:00.000Z",
                     *       "revokedAt": null,
                     *       "key": "pw_a1b2c3d4_shown-once-and-kept-by-you-alone"
                     *     }
                     */
                    "application/json": {
                        /** @description Where it may be used from; everywhere when empty. */
                        allowedAddresses: string[];
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        expiresAt: string | null;
                        /**
                         * Format: uuid
                         * @description The key.
                         */
                        id: string;
                        /** @description Shown once. */
                        key: string;
                        lastUsedAt: string | null;
                        name: string;
                        /** @description The part of the key that is no secret. */
                        publicId: string;
                        revokedAt: string | null;
                        scopes: string[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It no longer opens anything. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    editKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scopes": [
                 *         "read",
                 *         "run"
                 *       ],
                 *       "expiresAt": "2031-05-17T09:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description Addresses and networks that it may be used from, such as `203.0.113.0/24`; everywhere when empty. */
                    allowedAddresses?: string[];
                    expiresAt?: string | null;
                    name?: string;
                    scopes?: ("read" | "run" | "write" | "admin")[];
                };
            };
        };
        responses: {
            /** @description The key as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "publicId": "0yjpsvt2",
                     *       "name": "wider",
                     *       "scopes": [
                     *         "write"
                     *       ],
                     *       "allowedAddresses": [
                     *         "203.0.113.1"
                     *       ],
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "lastUsedAt": "2026-03-02T09:30:00.000Z",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z",
                     *       "revokedAt": null
                     *     }
                     */
                    "application/json": {
                        /** @description Where it may be used from; everywhere when empty. */
                        allowedAddresses: string[];
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        expiresAt: string | null;
                        /**
                         * Format: uuid
                         * @description The key.
                         */
                        id: string;
                        lastUsedAt: string | null;
                        name: string;
                        /** @description The part of the key that is no secret. */
                        publicId: string;
                        revokedAt: string | null;
                        scopes: string[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listMails: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first, without their texts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "to": "maria@example.com",
                     *           "kind": "confirm_email",
                     *           "language": "en",
                     *           "subject": "Confirm your address",
                     *           "state": "kept",
                     *           "attempts": 1,
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "sentAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": "Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQ"
                     *     }
                     */
                    "application/json": {
                        items: {
                            attempts: number;
                            /**
                             * Format: date-time
                             * @description When it was written.
                             */
                            createdAt: string;
                            /**
                             * Format: uuid
                             * @description Id of the letter.
                             */
                            id: string;
                            kind: string;
                            language: string;
                            sentAt: string | null;
                            /**
                             * @description `kept`: no mail server is set, so it stands here and in a file.
                             * @enum {string}
                             */
                            state: "queued" | "sent" | "kept" | "failed";
                            subject: string;
                            to: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the letter. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The letter. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "to": "maria@example.com",
                     *       "kind": "confirm_email",
                     *       "language": "en",
                     *       "subject": "Confirm your address",
                     *       "state": "kept",
                     *       "attempts": 1,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "sentAt": "2026-03-02T09:30:00.000Z",
                     *       "text": "Please confirm that this address is yours:\n\nhttps://pipewright.example.com/confirm-email?token=eyJhbGciOiJIUzI1NiJ9.Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQ.Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4\n\nThe link works for 1440 minutes.\n\nIf this was not you, do nothing: without the link nothing changes.\n\nPipewright"
                     *     }
                     */
                    "application/json": {
                        attempts: number;
                        /**
                         * Format: date-time
                         * @description When it was written.
                         */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the letter.
                         */
                        id: string;
                        kind: string;
                        language: string;
                        sentAt: string | null;
                        /**
                         * @description `kept`: no mail server is set, so it stands here and in a file.
                         * @enum {string}
                         */
                        state: "queued" | "sent" | "kept" | "failed";
                        subject: string;
                        text: string | null;
                        to: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person, their accounts, customers and visits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "person": {
                     *         "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *         "name": "3bdf3ba89121",
                     *         "email": "maria@example.com",
                     *         "language": null,
                     *         "hasTwoFactor": false
                     *       },
                     *       "staff": null,
                     *       "account": {
                     *         "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *         "as": "person",
                     *         "role": "owner"
                     *       },
                     *       "accounts": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "name": "Agency",
                     *           "role": "owner"
                     *         }
                     *       ],
                     *       "customers": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "name": "Customer",
                     *           "partnerAccountId": "01978f3a-6c1e-7d20-9a51-000000000002"
                     *         }
                     *       ],
                     *       "visits": []
                     *     }
                     */
                    "application/json": {
                        account: {
                            /**
                             * @description How they see it.
                             * @enum {string}
                             */
                            as: "person" | "partner" | "support";
                            /**
                             * Format: uuid
                             * @description The account of this request.
                             */
                            id: string;
                            role: ("viewer" | "editor" | "admin" | "owner") | null;
                        } | null;
                        accounts: {
                            /**
                             * Format: uuid
                             * @description An account they belong to.
                             */
                            id: string;
                            name: string;
                            role: string;
                        }[];
                        customers: {
                            /**
                             * Format: uuid
                             * @description A customer’s account that one of their accounts looks after.
                             */
                            id: string;
                            name: string;
                            /**
                             * Format: uuid
                             * @description Their own account.
                             */
                            partnerAccountId: string;
                        }[];
                        person: {
                            email: string;
                            /** @description Whether signing in takes a second step. */
                            hasTwoFactor: boolean;
                            /** @description Id of the person. */
                            id: string;
                            language: string | null;
                            name: string;
                        };
                        staff: ("support" | "operator") | null;
                        visits: {
                            /**
                             * Format: date-time
                             * @description Its end.
                             */
                            endsAt: string;
                            /**
                             * Format: uuid
                             * @description An account in which they are on a support visit.
                             */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "language": "pl"
                 *     }
                 */
                "application/json": {
                    language?: ("en" | "ru" | "uk" | "pl" | "ro") | null;
                    /** @description What the person is called. */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "person": {
                     *         "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *         "name": "Annabel",
                     *         "email": "maria@example.com",
                     *         "language": "uk",
                     *         "hasTwoFactor": false
                     *       },
                     *       "staff": null,
                     *       "account": null,
                     *       "accounts": [],
                     *       "customers": [],
                     *       "visits": []
                     *     }
                     */
                    "application/json": {
                        account: {
                            /**
                             * @description How they see it.
                             * @enum {string}
                             */
                            as: "person" | "partner" | "support";
                            /**
                             * Format: uuid
                             * @description The account of this request.
                             */
                            id: string;
                            role: ("viewer" | "editor" | "admin" | "owner") | null;
                        } | null;
                        accounts: {
                            /**
                             * Format: uuid
                             * @description An account they belong to.
                             */
                            id: string;
                            name: string;
                            role: string;
                        }[];
                        customers: {
                            /**
                             * Format: uuid
                             * @description A customer’s account that one of their accounts looks after.
                             */
                            id: string;
                            name: string;
                            /**
                             * Format: uuid
                             * @description Their own account.
                             */
                            partnerAccountId: string;
                        }[];
                        person: {
                            email: string;
                            /** @description Whether signing in takes a second step. */
                            hasTwoFactor: boolean;
                            /** @description Id of the person. */
                            id: string;
                            language: string | null;
                            name: string;
                        };
                        staff: ("support" | "operator") | null;
                        visits: {
                            /**
                             * Format: date-time
                             * @description Its end.
                             */
                            endsAt: string;
                            /**
                             * Format: uuid
                             * @description An account in which they are on a support visit.
                             */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    switchAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "account": "01890a5d-ac96-774b-bcce-b302099a8057"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Id of an account they belong to.
                     */
                    account: string;
                };
            };
        };
        responses: {
            /** @description Chosen. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    changeEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "harbour-lamp-cello",
                 *       "email": "ann.new@example.com"
                 *     }
                 */
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                    /** @description The present password. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description A letter is on its way to the present address. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `person/password_wrong` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listMyInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open ones. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "accountId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "accountName": "Circle",
                     *           "email": "maria@example.com",
                     *           "role": "viewer",
                     *           "invitedBy": "d2ce76b6e924",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "expiresAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description The account.
                             */
                            accountId: string;
                            accountName: string;
                            /**
                             * Format: date-time
                             * @description When it was sent.
                             */
                            createdAt: string;
                            email: string;
                            /**
                             * Format: date-time
                             * @description Until when it can be accepted.
                             */
                            expiresAt: string;
                            /**
                             * Format: uuid
                             * @description Id of the invitation.
                             */
                            id: string;
                            /** @description Name of the inviter. */
                            invitedBy: string;
                            role: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the invitation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The account.
                         */
                        accountId: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    declineInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the invitation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Declined. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "harbour-lamp-cello",
                 *       "newPassword": "tractor-orbit-violet"
                 *     }
                 */
                "application/json": {
                    /** @description The present password. */
                    currentPassword: string;
                    /** @description A password: at least 8 characters, at most 256 bytes, any characters; the commonest ones are refused. */
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Changed; a letter tells of it. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `person/password_wrong` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `person/password_weak` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Live sessions, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "lastUsedAt": "2026-03-02T09:30:00.000Z",
                     *           "expiresAt": "2026-03-02T09:30:00.000Z",
                     *           "address": "203.0.113.7",
                     *           "userAgent": "node",
                     *           "isCurrent": false
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "lastUsedAt": "2026-03-02T09:30:00.000Z",
                     *           "expiresAt": "2026-03-02T09:30:00.000Z",
                     *           "address": "203.0.113.7",
                     *           "userAgent": "node",
                     *           "isCurrent": true
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            address: string | null;
                            /**
                             * Format: date-time
                             * @description When they signed in.
                             */
                            createdAt: string;
                            /**
                             * Format: date-time
                             * @description When it ends if it is not used.
                             */
                            expiresAt: string;
                            /** @description Id of the session. */
                            id: string;
                            /** @description The session of this request. */
                            isCurrent: boolean;
                            /**
                             * Format: date-time
                             * @description About when it was last used.
                             */
                            lastUsedAt: string;
                            userAgent: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ended": 1
                     *     }
                     */
                    "application/json": {
                        /** @description Sessions that ended. */
                        ended: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its cookie opens nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    beginTwoFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "harbour-lamp-cello"
                 *     }
                 */
                "application/json": {
                    /** @description The present password. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description What the app needs; confirm it with a first code. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "uri": "otpauth://totp/Pipewright:maria%40example.com?secret=Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4k&issuer=Pipewright&digits=6&period=30",
                     *       "backupCodes": [
                     *         "He0lb-C0uQm",
                     *         "T5hPz-qewvG"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Each opens once when the device is lost. Shown once. */
                        backupCodes: string[];
                        /** @description `otpauth://...`, to be shown as a QR code. Shown once. */
                        uri: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `person/password_wrong` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `person/two_factor_on` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    newBackupCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "harbour-lamp-cello"
                 *     }
                 */
                "application/json": {
                    /** @description The present password. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Shown once; the old ones stop working. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupCodes": [
                     *         "rwbWI-4Gej8",
                     *         "yrdtU-J2aAd"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        backupCodes: string[];
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `person/password_wrong` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `person/two_factor_off` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    confirmTwoFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456"
                 *     }
                 */
                "application/json": {
                    /** @description Six digits of the app, or a backup code. */
                    code: string;
                };
            };
        };
        responses: {
            /** @description From now on signing in takes a code. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated`, `person/code_wrong` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `person/two_factor_off` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    endTwoFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "harbour-lamp-cello"
                 *     }
                 */
                "application/json": {
                    /** @description The present password. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description A letter tells of it. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `person/password_wrong` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "userId": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "name": "d2ce76b6e924",
                     *           "email": "maria@example.com",
                     *           "role": "owner",
                     *           "hasTwoFactor": false,
                     *           "since": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "userId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "name": "9f48150efa20",
                     *           "email": "maria@example.com",
                     *           "role": "viewer",
                     *           "hasTwoFactor": false,
                     *           "since": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            email: string;
                            hasTwoFactor: boolean;
                            name: string;
                            /** @description viewer, editor, admin or owner. */
                            role: string;
                            /**
                             * Format: date-time
                             * @description When they joined.
                             */
                            since: string;
                            /** @description Id of the person. */
                            userId: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the person. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They see nothing of the account any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `member/owner_needed` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `member/last_owner` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the person. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "editor"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Role in the account, each with the rights of those before it.
                     * @enum {string}
                     */
                    role: "viewer" | "editor" | "admin" | "owner";
                };
            };
        };
        responses: {
            /** @description Changed; it counts from the next request on. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `member/owner_needed` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `member/last_owner` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    startMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pipeline": "contacts-copy",
                 *       "connections": {
                 *         "crm": "crm",
                 *         "copy": "copy"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Carry out deletions beyond what is done without asking. */
                    allowDeletes?: boolean;
                    /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                    connections?: {
                        [key: string]: string;
                    };
                    /** @description Make fields at the target that the definition asks for with `create_fields`. */
                    createFields?: boolean;
                    /** @description The definition as YAML text, at most 256 KB. */
                    definition?: string;
                    /** @description Only these flows; all when absent. */
                    flows?: string[];
                    /** @description Id of a pipeline (kebab-case), or its uuid. */
                    pipeline?: string;
                };
            };
        };
        responses: {
            /** @description It is under way; `Location` names it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "moved-once",
                     *       "version": 1,
                     *       "state": "queued",
                     *       "isOver": false,
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": null,
                     *       "forecast": null,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "links": {
                     *         "events": "/api/v1/runs/01978f3a-6c1e-7d20-9a51-000000000001/events",
                     *         "result": "/api/v1/migrations/01978f3a-6c1e-7d20-9a51-000000000001/result"
                     *       },
                     *       "problems": [],
                     *       "notes": []
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        /** @description Whether it has ended, and its result can be fetched. */
                        isOver: boolean;
                        links: {
                            events: string;
                            result: string;
                        };
                        notes: string[];
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /** @description Warnings about the definition. */
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing`, `definition/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift`, `run/already_running`, `run/pipeline_paused` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `definition/fields_missing`, `definition/invalid`, `definition/reset_needed`, `definition/unbound_slot`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getMigration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the migration; also that of its run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its counts, rate and forecast. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "moved-once",
                     *       "version": 1,
                     *       "state": "done",
                     *       "isOver": true,
                     *       "totals": {
                     *         "read": 10,
                     *         "filtered": 0,
                     *         "written": 10,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": 64.1,
                     *       "forecast": null,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": "2026-03-02T09:30:00.000Z",
                     *       "endedAt": "2026-03-02T09:30:00.000Z",
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "done",
                     *           "read": 10,
                     *           "filtered": 0,
                     *           "sources": 10,
                     *           "produced": 10,
                     *           "written": 10,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 1,
                     *           "startedAt": "2026-03-02T09:30:00.000Z",
                     *           "endedAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "links": {
                     *         "events": "/api/v1/runs/01978f3a-6c1e-7d20-9a51-000000000001/events",
                     *         "result": "/api/v1/migrations/01978f3a-6c1e-7d20-9a51-000000000001/result"
                     *       }
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        /** @description Whether it has ended, and its result can be fetched. */
                        isOver: boolean;
                        links: {
                            events: string;
                            result: string;
                        };
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    downloadMigrationResult: {
        parameters: {
            query?: {
                /** @description With the refused records themselves. */
                records?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of the migration; also that of its run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `run/not_ended` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description Part of the name or of a member’s address, or the whole id. */
                search?: string;
                tariff?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "name": "Søgning % Ltd",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "tariff": "start",
                     *           "pipelines": 0,
                     *           "recordsThisMonth": 0,
                     *           "members": 1,
                     *           "limits": {
                     *             "pipelines": 3,
                     *             "recordsAMonth": 10000,
                     *             "members": 3,
                     *             "shortestIntervalMs": 900000
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was made.
                             */
                            createdAt: string;
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Members and open invitations. */
                            members: number;
                            name: string;
                            /** @description Published pipelines. */
                            pipelines: number;
                            /** @description Records written or deleted since the first of the month (UTC). */
                            recordsThisMonth: number;
                            /** @description Name of its tariff. */
                            tariff: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getTariffOfAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an account. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Limits and present use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "Full Ltd",
                     *       "tariff": {
                     *         "name": "business",
                     *         "title": "Business",
                     *         "description": "For a company whose departments work with each other's records every day.",
                     *         "price": {
                     *           "amountMinor": 5900,
                     *           "currency": "EUR"
                     *         },
                     *         "limits": {
                     *           "pipelines": 15,
                     *           "recordsAMonth": 200000,
                     *           "members": 10,
                     *           "shortestIntervalMs": 300000
                     *         }
                     *       },
                     *       "use": {
                     *         "pipelines": 0,
                     *         "recordsThisMonth": 0,
                     *         "members": 4,
                     *         "shortestIntervalMs": null
                     *       },
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Id of the account.
                         */
                        id: string;
                        name: string;
                        next: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        } | null;
                        /** @description A tariff, in the language of the person or of `Accept-Language`. */
                        tariff: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        };
                        use: {
                            /** @description Members and open invitations. */
                            members: number;
                            /** @description Published pipelines. */
                            pipelines: number;
                            /** @description Records written or deleted since the first of the month (UTC). */
                            recordsThisMonth: number;
                            shortestIntervalMs: number | null;
                        };
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    assignTariff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an account. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tariff": "business"
                 *     }
                 */
                "application/json": {
                    tariff: string;
                };
            };
        };
        responses: {
            /** @description The tariff as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "name": "Moved Ltd",
                     *       "tariff": {
                     *         "name": "business",
                     *         "title": "Business",
                     *         "description": "For a company whose departments work with each other's records every day.",
                     *         "price": {
                     *           "amountMinor": 5900,
                     *           "currency": "EUR"
                     *         },
                     *         "limits": {
                     *           "pipelines": 15,
                     *           "recordsAMonth": 200000,
                     *           "members": 10,
                     *           "shortestIntervalMs": 300000
                     *         }
                     *       },
                     *       "use": {
                     *         "pipelines": 0,
                     *         "recordsThisMonth": 0,
                     *         "members": 1,
                     *         "shortestIntervalMs": null
                     *       },
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Id of the account.
                         */
                        id: string;
                        name: string;
                        next: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        } | null;
                        /** @description A tariff, in the language of the person or of `Accept-Language`. */
                        tariff: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        };
                        use: {
                            /** @description Members and open invitations. */
                            members: number;
                            /** @description Published pipelines. */
                            pipelines: number;
                            /** @description Records written or deleted since the first of the month (UTC). */
                            recordsThisMonth: number;
                            shortestIntervalMs: number | null;
                        };
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `tariff/unknown` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listAllPages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "kind": "information",
                     *           "slug": "read-back",
                     *           "state": "published",
                     *           "startsAt": null,
                     *           "endsAt": null,
                     *           "position": 0,
                     *           "revision": 2,
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "updatedAt": "2026-03-02T09:30:00.000Z",
                     *           "texts": {
                     *             "en": {
                     *               "body": "We move **records**.",
                     *               "title": "About us"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was made.
                             */
                            createdAt: string;
                            endsAt: string | null;
                            /**
                             * Format: uuid
                             * @description Id of the page.
                             */
                            id: string;
                            /**
                             * @description What kind of page it is.
                             * @enum {string}
                             */
                            kind: "promotion" | "information";
                            /** @description Place in lists. */
                            position: number;
                            /** @description Grows with each change. */
                            revision: number;
                            /** @description In the address of the page; small letters, digits and hyphens. */
                            slug: string;
                            startsAt: string | null;
                            /**
                             * @description Drafts are seen by operators alone.
                             * @enum {string}
                             */
                            state: "draft" | "published";
                            /** @description Title and Markdown by language. */
                            texts: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: date-time
                             * @description When it was changed last.
                             */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getPageForEdit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a page. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page, with its ETag. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "kind": "information",
                     *       "slug": "read-back",
                     *       "state": "published",
                     *       "startsAt": null,
                     *       "endsAt": null,
                     *       "position": 0,
                     *       "revision": 2,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "texts": {
                     *         "en": {
                     *           "body": "We move **records**.",
                     *           "title": "About us"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        endsAt: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the page.
                         */
                        id: string;
                        /**
                         * @description What kind of page it is.
                         * @enum {string}
                         */
                        kind: "promotion" | "information";
                        /** @description Place in lists. */
                        position: number;
                        /** @description Grows with each change. */
                        revision: number;
                        /** @description In the address of the page; small letters, digits and hyphens. */
                        slug: string;
                        startsAt: string | null;
                        /**
                         * @description Drafts are seen by operators alone.
                         * @enum {string}
                         */
                        state: "draft" | "published";
                        /** @description Title and Markdown by language. */
                        texts: {
                            [key: string]: unknown;
                        };
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listAllRequests: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description What it is about. */
                kind?: "setup" | "feature" | "problem" | "other";
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description The number, or part of the subject, of the name or of the address. */
                search?: string;
                /** @description Open: waits for an answer. */
                state?: "open" | "answered" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "number": 5,
                     *           "kind": "feature",
                     *           "subject": "Theirs",
                     *           "state": "open",
                     *           "name": "9885b091a028",
                     *           "isByPartner": false,
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "updatedAt": "2026-03-02T09:30:00.000Z",
                     *           "email": "maria@example.com",
                     *           "language": "en",
                     *           "account": {
                     *             "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *             "name": "Test"
                     *           },
                     *           "partner": null
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "number": 4,
                     *           "kind": "feature",
                     *           "subject": "For a customer",
                     *           "state": "open",
                     *           "name": "312fc7fa396b",
                     *           "isByPartner": true,
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "updatedAt": "2026-03-02T09:30:00.000Z",
                     *           "email": "maria@example.com",
                     *           "language": "en",
                     *           "account": {
                     *             "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *             "name": "Test"
                     *           },
                     *           "partner": {
                     *             "id": "01978f3a-6c1e-7d20-9a51-000000000004",
                     *             "name": "Other"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            account: {
                                /**
                                 * Format: uuid
                                 * @description Id of the account.
                                 */
                                id: string;
                                name: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description When it was filed.
                             */
                            createdAt: string;
                            email: string;
                            /**
                             * Format: uuid
                             * @description Id of the request.
                             */
                            id: string;
                            /** @description Filed by a servicing company. */
                            isByPartner: boolean;
                            /**
                             * @description What it is about: a set-up, a new feature, a problem, something else.
                             * @enum {string}
                             */
                            kind: "setup" | "feature" | "problem" | "other";
                            language: string;
                            /** @description Who asked. */
                            name: string;
                            /** @description What people call it by. */
                            number: number;
                            partner: {
                                /**
                                 * Format: uuid
                                 * @description Id of the account.
                                 */
                                id: string;
                                name: string;
                            } | null;
                            /**
                             * @description Open: waits for an answer.
                             * @enum {string}
                             */
                            state: "open" | "answered" | "closed";
                            /** @description What it is about, in one line. */
                            subject: string;
                            /**
                             * Format: date-time
                             * @description When it was touched last.
                             */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getAnyRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "number": 2,
                     *       "kind": "feature",
                     *       "subject": "Strangers",
                     *       "state": "answered",
                     *       "name": "Anna Nowak",
                     *       "isByPartner": false,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "email": "maria@example.com",
                     *       "language": "en",
                     *       "account": null,
                     *       "partner": null,
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "author": "visitor",
                     *           "authorName": "Anna Nowak",
                     *           "body": "Could invoices be moved?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "author": "operator",
                     *           "authorName": "operator",
                     *           "body": "Tell us more.",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        account: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        email: string;
                        /**
                         * Format: uuid
                         * @description Id of the request.
                         */
                        id: string;
                        /** @description Filed by a servicing company. */
                        isByPartner: boolean;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        language: string;
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /** @description Who asked. */
                        name: string;
                        /** @description What people call it by. */
                        number: number;
                        partner: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    closeRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "number": 1,
                     *       "kind": "feature",
                     *       "subject": "Two shops",
                     *       "state": "closed",
                     *       "name": "4aa578e2456d",
                     *       "isByPartner": false,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "email": "maria@example.com",
                     *       "language": "en",
                     *       "account": {
                     *         "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *         "name": "Test"
                     *       },
                     *       "partner": null,
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "author": "customer",
                     *           "authorName": "4aa578e2456d",
                     *           "body": "Can both write into one CRM?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        account: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        email: string;
                        /**
                         * Format: uuid
                         * @description Id of the request.
                         */
                        id: string;
                        /** @description Filed by a servicing company. */
                        isByPartner: boolean;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        language: string;
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /** @description Who asked. */
                        name: string;
                        /** @description What people call it by. */
                        number: number;
                        partner: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    answerRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "It comes with the next release."
                 *     }
                 */
                "application/json": {
                    /** @description Plain text. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description The request as it is now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "number": 1,
                     *       "kind": "feature",
                     *       "subject": "Invoices",
                     *       "state": "answered",
                     *       "name": "Anna Nowak",
                     *       "isByPartner": false,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "email": "maria@example.com",
                     *       "language": "en",
                     *       "account": null,
                     *       "partner": null,
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "author": "visitor",
                     *           "authorName": "Anna Nowak",
                     *           "body": "Could invoices be moved?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "author": "operator",
                     *           "authorName": "operator",
                     *           "body": "Yes, next month.",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        account: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        email: string;
                        /**
                         * Format: uuid
                         * @description Id of the request.
                         */
                        id: string;
                        /** @description Filed by a servicing company. */
                        isByPartner: boolean;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        language: string;
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /** @description Who asked. */
                        name: string;
                        /** @description What people call it by. */
                        number: number;
                        partner: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    reopenRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "number": 1,
                     *       "kind": "feature",
                     *       "subject": "Two shops",
                     *       "state": "open",
                     *       "name": "4aa578e2456d",
                     *       "isByPartner": false,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "email": "maria@example.com",
                     *       "language": "en",
                     *       "account": {
                     *         "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *         "name": "Test"
                     *       },
                     *       "partner": null,
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "author": "customer",
                     *           "authorName": "4aa578e2456d",
                     *           "body": "Can both write into one CRM?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        account: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        email: string;
                        /**
                         * Format: uuid
                         * @description Id of the request.
                         */
                        id: string;
                        /** @description Filed by a servicing company. */
                        isByPartner: boolean;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        language: string;
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /** @description Who asked. */
                        name: string;
                        /** @description What people call it by. */
                        number: number;
                        partner: {
                            /**
                             * Format: uuid
                             * @description Id of the account.
                             */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listTariffsInUse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, the smallest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "start",
                     *           "title": "Start",
                     *           "description": "For the first integrations of a small team.",
                     *           "price": {
                     *             "amountMinor": 1900,
                     *             "currency": "EUR"
                     *           },
                     *           "limits": {
                     *             "pipelines": 3,
                     *             "recordsAMonth": 10000,
                     *             "members": 3,
                     *             "shortestIntervalMs": 900000
                     *           },
                     *           "accounts": 1,
                     *           "isForNewAccounts": false
                     *         },
                     *         {
                     *           "name": "business",
                     *           "title": "Business",
                     *           "description": "For a company whose departments work with each other's records every day.",
                     *           "price": {
                     *             "amountMinor": 5900,
                     *             "currency": "EUR"
                     *           },
                     *           "limits": {
                     *             "pipelines": 15,
                     *             "recordsAMonth": 200000,
                     *             "members": 10,
                     *             "shortestIntervalMs": 300000
                     *           },
                     *           "accounts": 2,
                     *           "isForNewAccounts": false
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Accounts that have it. */
                            accounts: number;
                            description: string;
                            /** @description Whether new accounts begin with it (`DEFAULT_TARIFF`). */
                            isForNewAccounts: boolean;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listPages: {
        parameters: {
            query?: {
                /** @description What kind of page it is. */
                kind?: "promotion" | "information";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the asked language where they have it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "kind": "promotion",
                     *           "slug": "summer",
                     *           "language": "en",
                     *           "title": "Summer offer",
                     *           "body": "Two months **free**.",
                     *           "startsAt": "2026-03-02T09:30:00.000Z",
                     *           "endsAt": null,
                     *           "updatedAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Markdown; show it without scripts. */
                            body: string;
                            endsAt: string | null;
                            /**
                             * @description What kind of page it is.
                             * @enum {string}
                             */
                            kind: "promotion" | "information";
                            /** @description Of the text; the asked one where the page has it. */
                            language: string;
                            /** @description In the address of the page; small letters, digits and hyphens. */
                            slug: string;
                            startsAt: string | null;
                            title: string;
                            /**
                             * Format: date-time
                             * @description When it was changed last.
                             */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    createPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "promotion",
                 *       "slug": "summer",
                 *       "startsAt": "2027-06-01T00:00:00Z",
                 *       "endsAt": "2027-09-01T00:00:00Z",
                 *       "texts": {
                 *         "en": {
                 *           "title": "Summer offer",
                 *           "body": "Two months **free**."
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    endsAt?: string | null;
                    /**
                     * @description What kind of page it is.
                     * @enum {string}
                     */
                    kind: "promotion" | "information";
                    /** @description Place in lists; 0 when absent. */
                    position?: number;
                    /** @description In the address of the page; small letters, digits and hyphens. */
                    slug: string;
                    startsAt?: string | null;
                    /** @description By language; at least one. */
                    texts: {
                        en?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        pl?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        ro?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        ru?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        uk?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description The page. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "kind": "information",
                     *       "slug": "read-back",
                     *       "state": "draft",
                     *       "startsAt": null,
                     *       "endsAt": null,
                     *       "position": 0,
                     *       "revision": 1,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "texts": {
                     *         "en": {
                     *           "body": "We move **records**.",
                     *           "title": "About us"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        endsAt: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the page.
                         */
                        id: string;
                        /**
                         * @description What kind of page it is.
                         * @enum {string}
                         */
                        kind: "promotion" | "information";
                        /** @description Place in lists. */
                        position: number;
                        /** @description Grows with each change. */
                        revision: number;
                        /** @description In the address of the page; small letters, digits and hyphens. */
                        slug: string;
                        startsAt: string | null;
                        /**
                         * @description Drafts are seen by operators alone.
                         * @enum {string}
                         */
                        state: "draft" | "published";
                        /** @description Title and Markdown by language. */
                        texts: {
                            [key: string]: unknown;
                        };
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `page/slug_taken` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    changePage: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what you saw; refused with 412 when it changed since. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of a page. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "promotion",
                 *       "slug": "summer",
                 *       "startsAt": "2027-06-01T00:00:00Z",
                 *       "endsAt": "2027-09-01T00:00:00Z",
                 *       "texts": {
                 *         "en": {
                 *           "title": "Summer offer",
                 *           "body": "Two months **free**."
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    endsAt?: string | null;
                    /**
                     * @description What kind of page it is.
                     * @enum {string}
                     */
                    kind: "promotion" | "information";
                    /** @description Place in lists; 0 when absent. */
                    position?: number;
                    /** @description In the address of the page; small letters, digits and hyphens. */
                    slug: string;
                    startsAt?: string | null;
                    /** @description By language; at least one. */
                    texts: {
                        en?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        pl?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        ro?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        ru?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                        uk?: {
                            /** @description Markdown. */
                            body: string;
                            title: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description The page as it is now. */
            200: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "kind": "promotion",
                     *       "slug": "summer",
                     *       "state": "published",
                     *       "startsAt": "2026-03-02T09:30:00.000Z",
                     *       "endsAt": "2026-03-02T09:30:00.000Z",
                     *       "position": 0,
                     *       "revision": 4,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "texts": {
                     *         "en": {
                     *           "body": "Two months **free**.",
                     *           "title": "Summer offer"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        endsAt: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the page.
                         */
                        id: string;
                        /**
                         * @description What kind of page it is.
                         * @enum {string}
                         */
                        kind: "promotion" | "information";
                        /** @description Place in lists. */
                        position: number;
                        /** @description Grows with each change. */
                        revision: number;
                        /** @description In the address of the page; small letters, digits and hyphens. */
                        slug: string;
                        startsAt: string | null;
                        /**
                         * @description Drafts are seen by operators alone.
                         * @enum {string}
                         */
                        state: "draft" | "published";
                        /** @description Title and Markdown by language. */
                        texts: {
                            [key: string]: unknown;
                        };
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `page/slug_taken` */
            409: components["responses"]["Problem"];
            /** @description `api/precondition_failed` */
            412: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    deletePage: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what you saw; refused with 412 when it changed since. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of a page. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/precondition_failed` */
            412: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    publishPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
                /** @description ETag of what you saw; refused with 412 when it changed since. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of a page. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page as it is now. */
            200: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "kind": "information",
                     *       "slug": "read-back",
                     *       "state": "published",
                     *       "startsAt": null,
                     *       "endsAt": null,
                     *       "position": 0,
                     *       "revision": 2,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "texts": {
                     *         "en": {
                     *           "body": "We move **records**.",
                     *           "title": "About us"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        endsAt: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the page.
                         */
                        id: string;
                        /**
                         * @description What kind of page it is.
                         * @enum {string}
                         */
                        kind: "promotion" | "information";
                        /** @description Place in lists. */
                        position: number;
                        /** @description Grows with each change. */
                        revision: number;
                        /** @description In the address of the page; small letters, digits and hyphens. */
                        slug: string;
                        startsAt: string | null;
                        /**
                         * @description Drafts are seen by operators alone.
                         * @enum {string}
                         */
                        state: "draft" | "published";
                        /** @description Title and Markdown by language. */
                        texts: {
                            [key: string]: unknown;
                        };
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/precondition_failed` */
            412: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    unpublishPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
                /** @description ETag of what you saw; refused with 412 when it changed since. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of a page. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page as it is now. */
            200: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "kind": "information",
                     *       "slug": "read-back",
                     *       "state": "draft",
                     *       "startsAt": null,
                     *       "endsAt": null,
                     *       "position": 0,
                     *       "revision": 3,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "texts": {
                     *         "en": {
                     *           "body": "We move **records**.",
                     *           "title": "About us"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        endsAt: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the page.
                         */
                        id: string;
                        /**
                         * @description What kind of page it is.
                         * @enum {string}
                         */
                        kind: "promotion" | "information";
                        /** @description Place in lists. */
                        position: number;
                        /** @description Grows with each change. */
                        revision: number;
                        /** @description In the address of the page; small letters, digits and hyphens. */
                        slug: string;
                        startsAt: string | null;
                        /**
                         * @description Drafts are seen by operators alone.
                         * @enum {string}
                         */
                        state: "draft" | "published";
                        /** @description Title and Markdown by language. */
                        texts: {
                            [key: string]: unknown;
                        };
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/precondition_failed` */
            412: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What kind of page it is. */
                kind: "promotion" | "information";
                /** @description In the address of the page; small letters, digits and hyphens. */
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "promotion",
                     *       "slug": "summer",
                     *       "language": "en",
                     *       "title": "Summer offer",
                     *       "body": "Two months **free**.",
                     *       "startsAt": "2026-03-02T09:30:00.000Z",
                     *       "endsAt": null,
                     *       "updatedAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @description Markdown; show it without scripts. */
                        body: string;
                        endsAt: string | null;
                        /**
                         * @description What kind of page it is.
                         * @enum {string}
                         */
                        kind: "promotion" | "information";
                        /** @description Of the text; the asked one where the page has it. */
                        language: string;
                        /** @description In the address of the page; small letters, digits and hyphens. */
                        slug: string;
                        startsAt: string | null;
                        title: string;
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listPartners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "accountId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "accountName": "Customer",
                     *           "partnerAccountId": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "partnerName": "Agency",
                     *           "state": "requested",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "decidedAt": null
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description The customer’s account.
                             */
                            accountId: string;
                            accountName: string;
                            /**
                             * Format: date-time
                             * @description When it was asked for.
                             */
                            createdAt: string;
                            decidedAt: string | null;
                            /**
                             * Format: uuid
                             * @description Id of the link.
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @description The servicing company’s account.
                             */
                            partnerAccountId: string;
                            partnerName: string;
                            /**
                             * @description Only an `accepted` one shows anything to the partner.
                             * @enum {string}
                             */
                            state: "requested" | "accepted" | "refused" | "ended";
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    acceptPartner: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the link. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the servicing company gets a letter. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    endPartner: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the link. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the servicing company gets a letter. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    refusePartner: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the link. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the servicing company gets a letter. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ann@example.com"
                 *     }
                 */
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                };
            };
        };
        responses: {
            /** @description A letter is on its way where the address is known. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "Rk5mY3pXcThaTnZQYjJ4",
                 *       "password": "harbour-lamp-cello"
                 *     }
                 */
                "application/json": {
                    /** @description A password: at least 8 characters, at most 256 bytes, any characters; the commonest ones are refused. */
                    password: string;
                    /** @description What stands after `token=` in the link of the letter. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Sign in with it. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `person/password_weak`, `person/token_invalid` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listPipelines: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page in the order of ids. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "id": "by-clock",
                     *           "title": "Rows",
                     *           "state": "paused",
                     *           "publishedVersion": 1,
                     *           "pauseReason": {
                     *             "at": "2026-03-02T09:30:00.000Z",
                     *             "by": "test"
                     *           },
                     *           "nextDueAt": null,
                     *           "openRun": null,
                     *           "recent": [],
                     *           "openDeadLetters": 0,
                     *           "freshAt": null
                     *         },
                     *         {
                     *           "uid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "id": "many-runs",
                     *           "title": "Rows",
                     *           "state": "active",
                     *           "publishedVersion": 1,
                     *           "pauseReason": null,
                     *           "nextDueAt": null,
                     *           "openRun": null,
                     *           "recent": [
                     *             {
                     *               "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *               "kind": "manual",
                     *               "state": "done",
                     *               "number": 3,
                     *               "changed": 4,
                     *               "endedAt": "2026-03-02T09:30:00.000Z",
                     *               "openedAt": "2026-03-02T09:30:00.000Z",
                     *               "deadLetters": 2
                     *             },
                     *             {
                     *               "id": "01978f3a-6c1e-7d20-9a51-000000000004",
                     *               "kind": "manual",
                     *               "state": "done",
                     *               "number": 4,
                     *               "changed": 5,
                     *               "endedAt": "2026-03-02T09:30:00.000Z",
                     *               "openedAt": "2026-03-02T09:30:00.000Z",
                     *               "deadLetters": 2
                     *             }
                     *           ],
                     *           "openDeadLetters": 0,
                     *           "freshAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            freshAt: string | null;
                            /** @description Kebab-case id out of the definition. */
                            id: string;
                            nextDueAt: string | null;
                            /** @description Records that were refused and wait for somebody; counted up to a thousand. */
                            openDeadLetters: number;
                            openRun: {
                                /**
                                 * Format: uuid
                                 * @description The run.
                                 */
                                id: string;
                                /**
                                 * @description Its kind.
                                 * @enum {string}
                                 */
                                kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                                /**
                                 * @description Its state.
                                 * @enum {string}
                                 */
                                state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                            } | null;
                            pauseReason: {
                                [key: string]: unknown;
                            } | null;
                            publishedVersion: number | null;
                            /** @description The last twelve runs, the newest last; previews are left out. */
                            recent: {
                                /** @description Records written and deleted. */
                                changed: number;
                                /** @description Records refused. */
                                deadLetters: number;
                                endedAt: string | null;
                                /**
                                 * Format: uuid
                                 * @description The run.
                                 */
                                id: string;
                                /**
                                 * @description Its kind.
                                 * @enum {string}
                                 */
                                kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                                number: number;
                                /**
                                 * Format: date-time
                                 * @description When it was opened.
                                 */
                                openedAt: string;
                                /**
                                 * @description Its state.
                                 * @enum {string}
                                 */
                                state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                            }[];
                            /**
                             * @description A paused pipeline keeps its triggers and runs still.
                             * @enum {string}
                             */
                            state: "active" | "paused" | "deleted";
                            title: string;
                            /**
                             * Format: uuid
                             * @description Id that never changes and is never given again.
                             */
                            uid: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    publishPipeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "definition": "pipeline: contacts-copy\ntitle: Copy the contacts\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: incremental }\n    map: { name: name, email: email }\n    to: { stream: copy.contacts, write: upsert }\n",
                 *       "connections": {
                 *         "crm": "crm",
                 *         "copy": "copy"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Read everything again with the new version; else it counts from now on. */
                    again?: boolean;
                    /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                    connections?: {
                        [key: string]: string;
                    };
                    /** @description Allow the fields under `create_fields` to be created. */
                    createFields?: boolean;
                    /** @description The definition as YAML text, at most 256 KB. */
                    definition: string;
                };
            };
        };
        responses: {
            /** @description This content was published already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "kept-versions",
                     *       "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "version": 1,
                     *       "isNew": false,
                     *       "problems": [],
                     *       "notes": [],
                     *       "hooks": []
                     *     }
                     */
                    "application/json": {
                        hooks: {
                            connection: string;
                            id: string | null;
                            /** @description Whether the vendor was asked to deliver, and agreed. */
                            isRegistered: boolean;
                            message: string;
                            signingSecret: string | null;
                            url: string | null;
                        }[];
                        /** @description False: this content with these connections was published already. */
                        isNew: boolean;
                        notes: string[];
                        pipeline: string;
                        /** @description Warnings. */
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        uid: string;
                        version: number;
                    };
                };
            };
            /** @description A new version was published. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "overtaken",
                     *       "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "version": 1,
                     *       "isNew": true,
                     *       "problems": [],
                     *       "notes": [],
                     *       "hooks": []
                     *     }
                     */
                    "application/json": {
                        hooks: {
                            connection: string;
                            id: string | null;
                            /** @description Whether the vendor was asked to deliver, and agreed. */
                            isRegistered: boolean;
                            message: string;
                            signingSecret: string | null;
                            url: string | null;
                        }[];
                        /** @description False: this content with these connections was published already. */
                        isNew: boolean;
                        notes: string[];
                        pipeline: string;
                        /** @description Warnings. */
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        uid: string;
                        version: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `run/already_running` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `definition/fields_missing`, `definition/invalid`, `definition/reset_needed`, `definition/unbound_slot` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getPipeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pipeline; its ETag changes with drafts and versions. */
            200: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "id": "tried",
                     *       "title": "tried",
                     *       "state": "active",
                     *       "publishedVersion": 1,
                     *       "pauseReason": null,
                     *       "nextDueAt": null,
                     *       "openRun": null,
                     *       "recent": [],
                     *       "openDeadLetters": 0,
                     *       "freshAt": null,
                     *       "definition": "\npipeline: tried\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: incremental }\n    map: { name: name, position: position }\n    to: { stream: copy.contacts, write: upsert }\n  companies:\n    from: { stream: crm.companies, read: incremental }\n    map: { name: name }\n    to: { stream: copy.companies, write: upsert }\n",
                     *       "connections": {
                     *         "crm": "crm",
                     *         "copy": "copy"
                     *       },
                     *       "trigger": {
                     *         "kind": "manual"
                     *       },
                     *       "flows": [
                     *         {
                     *           "id": "contacts",
                     *           "source": "crm.contacts",
                     *           "targets": [
                     *             "copy.contacts"
                     *           ],
                     *           "after": []
                     *         },
                     *         {
                     *           "id": "companies",
                     *           "source": "crm.companies",
                     *           "targets": [
                     *             "copy.companies"
                     *           ],
                     *           "after": []
                     *         }
                     *       ],
                     *       "hasDraft": false
                     *     }
                     */
                    "application/json": {
                        /** @description Name of the connection of each slot. */
                        connections: {
                            [key: string]: string;
                        };
                        definition: string | null;
                        flows: {
                            /** @description Flows that run before it. */
                            after: string[];
                            id: string;
                            source: string;
                            targets: string[];
                        }[];
                        freshAt: string | null;
                        hasDraft: boolean;
                        /** @description Kebab-case id out of the definition. */
                        id: string;
                        nextDueAt: string | null;
                        /** @description Records that were refused and wait for somebody; counted up to a thousand. */
                        openDeadLetters: number;
                        openRun: {
                            /**
                             * Format: uuid
                             * @description The run.
                             */
                            id: string;
                            /**
                             * @description Its kind.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            /**
                             * @description Its state.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        } | null;
                        pauseReason: {
                            [key: string]: unknown;
                        } | null;
                        publishedVersion: number | null;
                        /** @description The last twelve runs, the newest last; previews are left out. */
                        recent: {
                            /** @description Records written and deleted. */
                            changed: number;
                            /** @description Records refused. */
                            deadLetters: number;
                            endedAt: string | null;
                            /**
                             * Format: uuid
                             * @description The run.
                             */
                            id: string;
                            /**
                             * @description Its kind.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            number: number;
                            /**
                             * Format: date-time
                             * @description When it was opened.
                             */
                            openedAt: string;
                            /**
                             * @description Its state.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        }[];
                        /**
                         * @description A paused pipeline keeps its triggers and runs still.
                         * @enum {string}
                         */
                        state: "active" | "paused" | "deleted";
                        title: string;
                        trigger: {
                            [key: string]: unknown;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id that never changes and is never given again.
                         */
                        uid: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    deletePipeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    backfillFlow: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "flow": "contacts",
                 *       "from": "2026-01-01T00:00:00Z",
                 *       "to": "2026-02-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description Name of a flow. */
                    flow: string;
                    /**
                     * Format: date-time
                     * @description Begin, included.
                     */
                    from: string;
                    /**
                     * Format: date-time
                     * @description End, left out.
                     */
                    to: string;
                };
            };
        };
        responses: {
            /** @description The run. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "filled",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 1,
                     *       "number": 2,
                     *       "kind": "backfill",
                     *       "state": "queued",
                     *       "options": {
                     *         "flows": [
                     *           "contacts"
                     *         ],
                     *         "period": {
                     *           "to": "2100-01-01T00:00:00Z",
                     *           "from": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       },
                     *       "openedBy": "test",
                     *       "isPauseRequested": false,
                     *       "isCancelRequested": false,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": null,
                     *       "forecast": null
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `definition/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `run/already_running`, `run/pipeline_paused` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    diffVersions: {
        parameters: {
            query: {
                from: number;
                /** @description A version, or `draft`. */
                to: string;
            };
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What differs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": 1,
                     *       "to": 2,
                     *       "flows": [
                     *         {
                     *           "flow": "rows",
                     *           "change": "changed",
                     *           "parts": [
                     *             "map.city"
                     *           ]
                     *         }
                     *       ],
                     *       "text": " flows:\n   rows:\n     from: { stream: source.rows, read: full, key: [id] }\n-    map: { id: id, name: name }\n+    map: { id: id, name: name, city: city }\n     to: { stream: out.orders, write: insert }\n "
                     *     }
                     */
                    "application/json": {
                        flows: {
                            /**
                             * @description What became of the flow.
                             * @enum {string}
                             */
                            change: "added" | "removed" | "changed";
                            flow: string;
                            /** @description Parts of a changed flow, such as `map.phone`. */
                            parts: string[];
                        }[];
                        from: number;
                        /** @description Lines that differ, marked with - and +, with three lines around them. */
                        text: string;
                        to: number | "draft";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `definition/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "begun",
                     *       "definition": "\npipeline: begun\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: full }\n    map: { name: name, position: position }\n    to: { stream: copy.contacts, write: upsert }\n  companies:\n    from: { stream: crm.companies, read: full }\n    map: { name: name }\n    to: { stream: copy.companies, write: upsert }\n",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        definition: string;
                        pipeline: string;
                        updatedAt: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    putDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what you saw; refused with 412 when it changed since. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "definition": "pipeline: contacts-copy\ntitle: Copy the contacts\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: incremental }\n    map: { name: name, email: email }\n    to: { stream: copy.contacts, write: upsert }\n"
                 *     }
                 */
                "application/json": {
                    /** @description The definition as YAML text, at most 256 KB. */
                    definition: string;
                };
            };
        };
        responses: {
            /** @description It is stored. */
            200: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "kept-versions",
                     *       "definition": "\npipeline: kept-versions\ntitle: Copy the contacts\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: full }\n    map: { name: name, email: email }\n    to: { stream: copy.contacts, write: upsert }\n",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "problems": []
                     *     }
                     */
                    "application/json": {
                        definition: string;
                        pipeline: string;
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        updatedAt: string | null;
                    };
                };
            };
            /** @description A pipeline begins with this draft. */
            201: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "canary",
                     *       "definition": "\npipeline: canary\ntitle: Canary\nconnections: { place: { connector: file } }\nflows:\n  lines:\n    from: { stream: place.in, read: full, file: in.csv, key: id }\n    map: { id: id, secret_word: '\"CANARYVALUE\"' }\n    to: { stream: place.out, write: upsert, file: out.csv, match_on: [id] }\n",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "problems": [
                     *         {
                     *           "code": "definition/unknown_key",
                     *           "severity": "error",
                     *           "message": "The key `file` is not known here.",
                     *           "hint": "Known keys of source: stream, read, key, cursor, start, lag, where.",
                     *           "line": 7,
                     *           "column": 43,
                     *           "path": "flows.lines.from.file",
                     *           "excerpt": "7 |     from: { stream: place.in, read: full, file: in.csv, key: id }\n  |                                           ^^^^",
                     *           "file": "canary"
                     *         },
                     *         {
                     *           "code": "definition/bad_path",
                     *           "severity": "error",
                     *           "message": "The path `\"CANARYVALUE\"` cannot be read: `\"CANARYVALUE` is neither a name, an index such as `[0]`, nor a quoted name such as `['a b']`.",
                     *           "hint": "A path looks like `A.B[0].C`; other names are quoted: `['a b']`.",
                     *           "line": 8,
                     *           "column": 34,
                     *           "path": "flows.lines.map.secret_word",
                     *           "excerpt": "8 |     map: { id: id, secret_word: '\"CANARYVALUE\"' }\n  |                                  ^^^^^^^^^^^^^",
                     *           "file": "canary"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        definition: string;
                        pipeline: string;
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        updatedAt: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/precondition_failed` */
            412: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Places of the parts that somebody moved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "positions": {
                     *         "trigger": {
                     *           "x": 0,
                     *           "y": 0
                     *         },
                     *         "flow:deals": {
                     *           "x": 260,
                     *           "y": -40
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Only parts that somebody moved; all others are placed by themselves. */
                        positions: {
                            [key: string]: {
                                x: number;
                                y: number;
                            };
                        };
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    putLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "positions": {
                 *         "flow:contacts": {
                 *           "x": 260,
                 *           "y": 40
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Only parts that somebody moved; all others are placed by themselves. */
                    positions: {
                        [key: string]: {
                            x: number;
                            y: number;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description It is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "positions": {
                     *         "z0256": {
                     *           "x": 72708,
                     *           "y": -67772
                     *         },
                     *         "fscr24m3_": {
                     *           "x": 99547,
                     *           "y": 12893
                     *         },
                     *         "c__6": {
                     *           "x": -92988,
                     *           "y": -34079
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Only parts that somebody moved; all others are placed by themselves. */
                        positions: {
                            [key: string]: {
                                x: number;
                                y: number;
                            };
                        };
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    pausePipeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pipeline as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "id": "begun",
                     *       "title": "begun",
                     *       "state": "paused",
                     *       "publishedVersion": null,
                     *       "pauseReason": {
                     *         "at": "2026-03-02T09:30:00.000Z",
                     *         "by": "test"
                     *       },
                     *       "nextDueAt": null,
                     *       "openRun": null,
                     *       "recent": [],
                     *       "openDeadLetters": 0,
                     *       "freshAt": null,
                     *       "definition": null,
                     *       "connections": {},
                     *       "trigger": null,
                     *       "flows": [],
                     *       "hasDraft": true
                     *     }
                     */
                    "application/json": {
                        /** @description Name of the connection of each slot. */
                        connections: {
                            [key: string]: string;
                        };
                        definition: string | null;
                        flows: {
                            /** @description Flows that run before it. */
                            after: string[];
                            id: string;
                            source: string;
                            targets: string[];
                        }[];
                        freshAt: string | null;
                        hasDraft: boolean;
                        /** @description Kebab-case id out of the definition. */
                        id: string;
                        nextDueAt: string | null;
                        /** @description Records that were refused and wait for somebody; counted up to a thousand. */
                        openDeadLetters: number;
                        openRun: {
                            /**
                             * Format: uuid
                             * @description The run.
                             */
                            id: string;
                            /**
                             * @description Its kind.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            /**
                             * @description Its state.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        } | null;
                        pauseReason: {
                            [key: string]: unknown;
                        } | null;
                        publishedVersion: number | null;
                        /** @description The last twelve runs, the newest last; previews are left out. */
                        recent: {
                            /** @description Records written and deleted. */
                            changed: number;
                            /** @description Records refused. */
                            deadLetters: number;
                            endedAt: string | null;
                            /**
                             * Format: uuid
                             * @description The run.
                             */
                            id: string;
                            /**
                             * @description Its kind.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            number: number;
                            /**
                             * Format: date-time
                             * @description When it was opened.
                             */
                            openedAt: string;
                            /**
                             * @description Its state.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        }[];
                        /**
                         * @description A paused pipeline keeps its triggers and runs still.
                         * @enum {string}
                         */
                        state: "active" | "paused" | "deleted";
                        title: string;
                        trigger: {
                            [key: string]: unknown;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id that never changes and is never given again.
                         */
                        uid: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    publishDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
                /** @description ETag of what you saw; refused with 412 when it changed since. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "connections": {
                 *         "crm": "crm"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Read everything again with the new version; else it counts from now on. */
                    again?: boolean;
                    /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                    connections?: {
                        [key: string]: string;
                    };
                    /** @description Allow the fields under `create_fields` to be created. */
                    createFields?: boolean;
                    /** @description The definition as YAML text, at most 256 KB. */
                    definition?: string;
                };
            };
        };
        responses: {
            /** @description This content was published already. */
            200: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "kept-versions",
                     *       "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "version": 1,
                     *       "isNew": false,
                     *       "problems": [],
                     *       "notes": [],
                     *       "hooks": []
                     *     }
                     */
                    "application/json": {
                        hooks: {
                            connection: string;
                            id: string | null;
                            /** @description Whether the vendor was asked to deliver, and agreed. */
                            isRegistered: boolean;
                            message: string;
                            signingSecret: string | null;
                            url: string | null;
                        }[];
                        /** @description False: this content with these connections was published already. */
                        isNew: boolean;
                        notes: string[];
                        pipeline: string;
                        /** @description Warnings. */
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        uid: string;
                        version: number;
                    };
                };
            };
            /** @description A new version was published. */
            201: {
                headers: {
                    /** @description Tag of the definition. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "drafted",
                     *       "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "version": 1,
                     *       "isNew": true,
                     *       "problems": [],
                     *       "notes": [],
                     *       "hooks": []
                     *     }
                     */
                    "application/json": {
                        hooks: {
                            connection: string;
                            id: string | null;
                            /** @description Whether the vendor was asked to deliver, and agreed. */
                            isRegistered: boolean;
                            message: string;
                            signingSecret: string | null;
                            url: string | null;
                        }[];
                        /** @description False: this content with these connections was published already. */
                        isNew: boolean;
                        notes: string[];
                        pipeline: string;
                        /** @description Warnings. */
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        uid: string;
                        version: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift`, `run/already_running` */
            409: components["responses"]["Problem"];
            /** @description `api/precondition_failed` */
            412: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `definition/fields_missing`, `definition/invalid`, `definition/reset_needed`, `definition/unbound_slot`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    resetFlows: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "flow": "contacts",
                 *       "links": true,
                 *       "confirm": "contacts-copy"
                 *     }
                 */
                "application/json": {
                    confirm?: string;
                    /** @description Name of a flow. */
                    flow?: string;
                    links?: boolean;
                };
            };
        };
        responses: {
            /** @description What was forgotten. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "reset-me",
                     *       "flows": [
                     *         "contacts"
                     *       ],
                     *       "linksForgotten": 200
                     *     }
                     */
                    "application/json": {
                        flows: string[];
                        linksForgotten: number;
                        pipeline: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `definition/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `run/already_running` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `run/confirmation_needed` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    resumePipeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pipeline as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "uid": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "id": "resting",
                     *       "title": "Copy the contacts",
                     *       "state": "active",
                     *       "publishedVersion": 1,
                     *       "pauseReason": null,
                     *       "nextDueAt": null,
                     *       "openRun": null,
                     *       "recent": [],
                     *       "openDeadLetters": 0,
                     *       "freshAt": null,
                     *       "definition": "\npipeline: resting\ntitle: Copy the contacts\nconnections: { crm: { connector: http }, copy: { connector: http } }\ntrigger: manual\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: incremental }\n    \n    map: { name: name, email: email, phone: phone }\n    to: { stream: copy.contacts, write: upsert }\n",
                     *       "connections": {
                     *         "crm": "crm",
                     *         "copy": "copy"
                     *       },
                     *       "trigger": {
                     *         "kind": "manual"
                     *       },
                     *       "flows": [
                     *         {
                     *           "id": "contacts",
                     *           "source": "crm.contacts",
                     *           "targets": [
                     *             "copy.contacts"
                     *           ],
                     *           "after": []
                     *         }
                     *       ],
                     *       "hasDraft": false
                     *     }
                     */
                    "application/json": {
                        /** @description Name of the connection of each slot. */
                        connections: {
                            [key: string]: string;
                        };
                        definition: string | null;
                        flows: {
                            /** @description Flows that run before it. */
                            after: string[];
                            id: string;
                            source: string;
                            targets: string[];
                        }[];
                        freshAt: string | null;
                        hasDraft: boolean;
                        /** @description Kebab-case id out of the definition. */
                        id: string;
                        nextDueAt: string | null;
                        /** @description Records that were refused and wait for somebody; counted up to a thousand. */
                        openDeadLetters: number;
                        openRun: {
                            /**
                             * Format: uuid
                             * @description The run.
                             */
                            id: string;
                            /**
                             * @description Its kind.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            /**
                             * @description Its state.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        } | null;
                        pauseReason: {
                            [key: string]: unknown;
                        } | null;
                        publishedVersion: number | null;
                        /** @description The last twelve runs, the newest last; previews are left out. */
                        recent: {
                            /** @description Records written and deleted. */
                            changed: number;
                            /** @description Records refused. */
                            deadLetters: number;
                            endedAt: string | null;
                            /**
                             * Format: uuid
                             * @description The run.
                             */
                            id: string;
                            /**
                             * @description Its kind.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            number: number;
                            /**
                             * Format: date-time
                             * @description When it was opened.
                             */
                            openedAt: string;
                            /**
                             * @description Its state.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        }[];
                        /**
                         * @description A paused pipeline keeps its triggers and runs still.
                         * @enum {string}
                         */
                        state: "active" | "paused" | "deleted";
                        title: string;
                        trigger: {
                            [key: string]: unknown;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id that never changes and is never given again.
                         */
                        uid: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "version": 2,
                     *           "publishedBy": "test",
                     *           "publishedAt": "2026-03-02T09:30:00.000Z",
                     *           "connections": {
                     *             "crm": "crm",
                     *             "copy": "copy"
                     *           }
                     *         },
                     *         {
                     *           "version": 1,
                     *           "publishedBy": "test",
                     *           "publishedAt": "2026-03-02T09:30:00.000Z",
                     *           "connections": {
                     *             "crm": "crm",
                     *             "copy": "copy"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Name of the connection of each slot. */
                            connections: {
                                [key: string]: string;
                            };
                            /**
                             * Format: date-time
                             * @description When it was published.
                             */
                            publishedAt: string;
                            publishedBy: string;
                            version: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pipeline": "kept-versions",
                     *       "version": 1,
                     *       "definition": "\npipeline: kept-versions\ntitle: Copy the contacts\nconnections: { crm: { connector: http }, copy: { connector: http } }\nflows:\n  contacts:\n    from: { stream: crm.contacts, read: full }\n    map: { name: name, email: email }\n    to: { stream: copy.contacts, write: upsert }\n",
                     *       "plan": {
                     *         "flows": [
                     *           {
                     *             "id": "contacts",
                     *             "from": {
                     *               "key": [
                     *                 "id"
                     *               ],
                     *               "read": "full",
                     *               "slot": "crm",
                     *               "lagMs": 0,
                     *               "start": null,
                     *               "where": {},
                     *               "cursor": null,
                     *               "stream": "contacts",
                     *               "fieldTypes": {
                     *                 "name": "text",
                     *                 "email": "email"
                     *               }
                     *             },
                     *             "after": [],
                     *             "steps": [],
                     *             "targets": [
                     *               {
                     *                 "map": [
                     *                   {
                     *                     "as": null,
                     *                     "field": "name",
                     *                     "source": {
                     *                       "kind": "path",
                     *                       "path": [
                     *                         "name"
                     *                       ]
                     *                     },
                     *                     "values": null,
                     *                     "fallback": null
                     *                   },
                     *                   {
                     *                     "as": null,
                     *                     "field": "email",
                     *                     "source": {
                     *                       "kind": "path",
                     *                       "path": [
                     *                         "email"
                     *                       ]
                     *                     },
                     *                     "values": null,
                     *                     "fallback": null
                     *                   }
                     *                 ],
                     *                 "name": "",
                     *                 "slot": "copy",
                     *                 "batch": null,
                     *                 "merge": false,
                     *                 "write": "upsert",
                     *                 "stream": "contacts",
                     *                 "matchOn": [],
                     *                 "onDelete": {
                     *                   "kind": "ignore"
                     *                 },
                     *                 "fieldTypes": {
                     *                   "name": "text",
                     *                   "email": "email"
                     *                 },
                     *                 "onConflict": "source_wins",
                     *                 "createFields": []
                     *               }
                     *             ],
                     *             "renamedFrom": null
                     *           }
                     *         ],
                     *         "slots": {
                     *           "crm": {
                     *             "connector": "http"
                     *           },
                     *           "copy": {
                     *             "connector": "http"
                     *           }
                     *         },
                     *         "title": "Copy the contacts",
                     *         "errors": {
                     *           "drift": "pause",
                     *           "rejected": "dead_letter",
                     *           "stopWhen": null
                     *         },
                     *         "values": {},
                     *         "trigger": {
                     *           "kind": "manual"
                     *         },
                     *         "version": 1,
                     *         "pipeline": "kept-versions"
                     *       },
                     *       "connections": {
                     *         "crm": "crm",
                     *         "copy": "copy"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Name of the connection of each slot. */
                        connections: {
                            [key: string]: string;
                        };
                        definition: string;
                        pipeline: string;
                        /** @description The checked plan with all defaults: what the engine runs. */
                        plan: {
                            [key: string]: unknown;
                        };
                        version: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `definition/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    startPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pipeline": "contacts-copy"
                 *     }
                 */
                "application/json": {
                    /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                    connections?: {
                        [key: string]: string;
                    };
                    /** @description The definition as YAML text, at most 256 KB. */
                    definition?: string;
                    /** @description Only these flows; all when absent. */
                    flows?: string[];
                    /** @description Id of a pipeline (kebab-case), or its uuid. */
                    pipeline?: string;
                    /** @description Another version than the published one. */
                    version?: number;
                };
            };
        };
        responses: {
            /** @description The preview; it is `ready` when its run has ended. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 2,
                     *       "runId": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *       "state": "open",
                     *       "summary": {},
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z",
                     *       "isDraft": true,
                     *       "run": {
                     *         "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *         "pipeline": "renamed",
                     *         "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *         "version": 2,
                     *         "number": 2,
                     *         "kind": "preview",
                     *         "state": "queued",
                     *         "options": {
                     *           "flows": [
                     *             "firms"
                     *           ],
                     *           "previewId": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *         },
                     *         "openedBy": "test",
                     *         "isPauseRequested": false,
                     *         "isCancelRequested": false,
                     *         "waitReason": null,
                     *         "waitUntil": null,
                     *         "failure": null,
                     *         "openedAt": "2026-03-02T09:30:00.000Z",
                     *         "startedAt": null,
                     *         "endedAt": null,
                     *         "flows": [
                     *           {
                     *             "flow": "firms",
                     *             "target": "",
                     *             "state": "queued",
                     *             "read": 0,
                     *             "filtered": 0,
                     *             "sources": 0,
                     *             "produced": 0,
                     *             "written": 0,
                     *             "unchanged": 0,
                     *             "deleted": 0,
                     *             "deadLetters": 0,
                     *             "waiting": 0,
                     *             "pages": 0,
                     *             "startedAt": null,
                     *             "endedAt": null
                     *           }
                     *         ],
                     *         "totals": {
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0
                     *         },
                     *         "recordsPerSecond": null,
                     *         "forecast": null
                     *       },
                     *       "cost": null,
                     *       "isOutdated": false,
                     *       "appliedRunId": null,
                     *       "problems": [],
                     *       "notes": []
                     *     }
                     */
                    "application/json": {
                        appliedRunId: string | null;
                        cost: {
                            /** @description The least time that the vendors’ limits leave for them. */
                            atLeastMs: number;
                            /** @description Requests to all vendors together. */
                            calls: number;
                            connections: {
                                /** @description The least time that this vendor’s limits leave. */
                                atLeastMs: number;
                                connection: string;
                                connector: string;
                                /** @description Requests that look whether records are still as they were. */
                                reads: number;
                                /** @description Requests that write. */
                                writes: number;
                            }[];
                        } | null;
                        /**
                         * Format: date-time
                         * @description When it was asked for.
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description Until when it can be seen and applied.
                         */
                        expiresAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the preview.
                         */
                        id: string;
                        /** @description True while that is not published; applying the preview publishes it. */
                        isDraft: boolean;
                        /** @description True when a flow has moved on or another version was published since: it cannot be applied any more. */
                        isOutdated: boolean;
                        notes: string[];
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        pipelineUid: string;
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        run: {
                            endedAt: string | null;
                            failure: {
                                code: string;
                                /** @description Values that belong to it. */
                                details?: {
                                    [key: string]: unknown;
                                };
                                hint: string;
                                kind: string;
                                message: string;
                                retryAfterMs?: number;
                                /** @description Where it stands: file, line, stream, field. */
                                where?: {
                                    [key: string]: unknown;
                                };
                            } | null;
                            flows: {
                                /** @description Records refused for good. */
                                deadLetters: number;
                                /** @description Records removed at the target. */
                                deleted: number;
                                endedAt: string | null;
                                /** @description Records that a step left out. */
                                filtered: number;
                                flow: string;
                                /** @description Pages moved. */
                                pages: number;
                                /** @description Changes for the target, dead letters included. */
                                produced: number;
                                /** @description Records taken from the source. */
                                read: number;
                                /** @description Records that led to a change or a dead letter. */
                                sources: number;
                                startedAt: string | null;
                                /**
                                 * @description How far the flow is.
                                 * @enum {string}
                                 */
                                state: "queued" | "running" | "done" | "failed" | "cancelled";
                                /** @description Name of the target; empty for the only one of a flow. */
                                target: string;
                                /** @description Changes that the target had already. */
                                unchanged: number;
                                /** @description Records that wait for the one they refer to. */
                                waiting: number;
                                /** @description Changes that the target has now. */
                                written: number;
                            }[];
                            forecast: {
                                /**
                                 * Format: date-time
                                 * @description When they will be done at the present rate.
                                 */
                                endsAt: string;
                                /** @description How many records the last run of this kind read. */
                                records: number;
                                /** @description Those that are left by that measure. */
                                remaining: number;
                            } | null;
                            /**
                             * Format: uuid
                             * @description Id of the run.
                             */
                            id: string;
                            isCancelRequested: boolean;
                            isPauseRequested: boolean;
                            /**
                             * @description What opened the run.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            /** @description Number of the run within its pipeline. */
                            number: number;
                            /**
                             * Format: date-time
                             * @description When the run was asked for.
                             */
                            openedAt: string;
                            openedBy: string;
                            /** @description What the run was asked to do. */
                            options: {
                                [key: string]: unknown;
                            };
                            /** @description Id of the pipeline. */
                            pipeline: string;
                            /**
                             * Format: uuid
                             * @description The same as a uuid that never changes.
                             */
                            pipelineUid: string;
                            recordsPerSecond: number | null;
                            startedAt: string | null;
                            /**
                             * @description Where the run stands.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                            totals: {
                                /** @description Records refused for good. */
                                deadLetters: number;
                                /** @description Records removed at the target. */
                                deleted: number;
                                /** @description Records that a step left out. */
                                filtered: number;
                                /** @description Records taken from the source. */
                                read: number;
                                /** @description Changes that the target had already. */
                                unchanged: number;
                                /** @description Records that wait for the one they refer to. */
                                waiting: number;
                                /** @description Changes that the target has now. */
                                written: number;
                            };
                            /** @description The version that the run keeps to its end. */
                            version: number;
                            waitReason: string | null;
                            waitUntil: string | null;
                        };
                        /**
                         * Format: uuid
                         * @description The run that holds its writes back.
                         */
                        runId: string;
                        /**
                         * @description A `ready` preview can be applied once.
                         * @enum {string}
                         */
                        state: "open" | "ready" | "applied" | "failed";
                        /** @description Counts by flow and operation, calls and time that applying will take. */
                        summary: {
                            [key: string]: unknown;
                        };
                        /** @description Number of what was run; a draft takes the next one. */
                        version: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing`, `definition/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `definition/invalid`, `definition/unbound_slot`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a preview. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The preview. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 2,
                     *       "runId": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *       "state": "open",
                     *       "summary": {},
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z",
                     *       "isDraft": true,
                     *       "run": {
                     *         "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *         "pipeline": "renamed",
                     *         "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *         "version": 2,
                     *         "number": 2,
                     *         "kind": "preview",
                     *         "state": "queued",
                     *         "options": {
                     *           "flows": [
                     *             "firms"
                     *           ],
                     *           "previewId": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *         },
                     *         "openedBy": "test",
                     *         "isPauseRequested": false,
                     *         "isCancelRequested": false,
                     *         "waitReason": null,
                     *         "waitUntil": null,
                     *         "failure": null,
                     *         "openedAt": "2026-03-02T09:30:00.000Z",
                     *         "startedAt": null,
                     *         "endedAt": null,
                     *         "flows": [
                     *           {
                     *             "flow": "firms",
                     *             "target": "",
                     *             "state": "queued",
                     *             "read": 0,
                     *             "filtered": 0,
                     *             "sources": 0,
                     *             "produced": 0,
                     *             "written": 0,
                     *             "unchanged": 0,
                     *             "deleted": 0,
                     *             "deadLetters": 0,
                     *             "waiting": 0,
                     *             "pages": 0,
                     *             "startedAt": null,
                     *             "endedAt": null
                     *           }
                     *         ],
                     *         "totals": {
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0
                     *         },
                     *         "recordsPerSecond": null,
                     *         "forecast": null
                     *       },
                     *       "cost": null,
                     *       "isOutdated": false,
                     *       "appliedRunId": null
                     *     }
                     */
                    "application/json": {
                        appliedRunId: string | null;
                        cost: {
                            /** @description The least time that the vendors’ limits leave for them. */
                            atLeastMs: number;
                            /** @description Requests to all vendors together. */
                            calls: number;
                            connections: {
                                /** @description The least time that this vendor’s limits leave. */
                                atLeastMs: number;
                                connection: string;
                                connector: string;
                                /** @description Requests that look whether records are still as they were. */
                                reads: number;
                                /** @description Requests that write. */
                                writes: number;
                            }[];
                        } | null;
                        /**
                         * Format: date-time
                         * @description When it was asked for.
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description Until when it can be seen and applied.
                         */
                        expiresAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the preview.
                         */
                        id: string;
                        /** @description True while that is not published; applying the preview publishes it. */
                        isDraft: boolean;
                        /** @description True when a flow has moved on or another version was published since: it cannot be applied any more. */
                        isOutdated: boolean;
                        /**
                         * Format: uuid
                         * @description The pipeline.
                         */
                        pipelineUid: string;
                        run: {
                            endedAt: string | null;
                            failure: {
                                code: string;
                                /** @description Values that belong to it. */
                                details?: {
                                    [key: string]: unknown;
                                };
                                hint: string;
                                kind: string;
                                message: string;
                                retryAfterMs?: number;
                                /** @description Where it stands: file, line, stream, field. */
                                where?: {
                                    [key: string]: unknown;
                                };
                            } | null;
                            flows: {
                                /** @description Records refused for good. */
                                deadLetters: number;
                                /** @description Records removed at the target. */
                                deleted: number;
                                endedAt: string | null;
                                /** @description Records that a step left out. */
                                filtered: number;
                                flow: string;
                                /** @description Pages moved. */
                                pages: number;
                                /** @description Changes for the target, dead letters included. */
                                produced: number;
                                /** @description Records taken from the source. */
                                read: number;
                                /** @description Records that led to a change or a dead letter. */
                                sources: number;
                                startedAt: string | null;
                                /**
                                 * @description How far the flow is.
                                 * @enum {string}
                                 */
                                state: "queued" | "running" | "done" | "failed" | "cancelled";
                                /** @description Name of the target; empty for the only one of a flow. */
                                target: string;
                                /** @description Changes that the target had already. */
                                unchanged: number;
                                /** @description Records that wait for the one they refer to. */
                                waiting: number;
                                /** @description Changes that the target has now. */
                                written: number;
                            }[];
                            forecast: {
                                /**
                                 * Format: date-time
                                 * @description When they will be done at the present rate.
                                 */
                                endsAt: string;
                                /** @description How many records the last run of this kind read. */
                                records: number;
                                /** @description Those that are left by that measure. */
                                remaining: number;
                            } | null;
                            /**
                             * Format: uuid
                             * @description Id of the run.
                             */
                            id: string;
                            isCancelRequested: boolean;
                            isPauseRequested: boolean;
                            /**
                             * @description What opened the run.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            /** @description Number of the run within its pipeline. */
                            number: number;
                            /**
                             * Format: date-time
                             * @description When the run was asked for.
                             */
                            openedAt: string;
                            openedBy: string;
                            /** @description What the run was asked to do. */
                            options: {
                                [key: string]: unknown;
                            };
                            /** @description Id of the pipeline. */
                            pipeline: string;
                            /**
                             * Format: uuid
                             * @description The same as a uuid that never changes.
                             */
                            pipelineUid: string;
                            recordsPerSecond: number | null;
                            startedAt: string | null;
                            /**
                             * @description Where the run stands.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                            totals: {
                                /** @description Records refused for good. */
                                deadLetters: number;
                                /** @description Records removed at the target. */
                                deleted: number;
                                /** @description Records that a step left out. */
                                filtered: number;
                                /** @description Records taken from the source. */
                                read: number;
                                /** @description Changes that the target had already. */
                                unchanged: number;
                                /** @description Records that wait for the one they refer to. */
                                waiting: number;
                                /** @description Changes that the target has now. */
                                written: number;
                            };
                            /** @description The version that the run keeps to its end. */
                            version: number;
                            waitReason: string | null;
                            waitUntil: string | null;
                        };
                        /**
                         * Format: uuid
                         * @description The run that holds its writes back.
                         */
                        runId: string;
                        /**
                         * @description A `ready` preview can be applied once.
                         * @enum {string}
                         */
                        state: "open" | "ready" | "applied" | "failed";
                        /** @description Counts by flow and operation, calls and time that applying will take. */
                        summary: {
                            [key: string]: unknown;
                        };
                        /** @description Number of what was run; a draft takes the next one. */
                        version: number;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `preview/expired` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    applyPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a preview. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "tried",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 2,
                     *       "number": 3,
                     *       "kind": "apply",
                     *       "state": "queued",
                     *       "options": {
                     *         "flows": [
                     *           "contacts",
                     *           "companies"
                     *         ],
                     *         "previewId": "01978f3a-6c1e-7d20-9a51-000000000003"
                     *       },
                     *       "openedBy": "test",
                     *       "isPauseRequested": false,
                     *       "isCancelRequested": false,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         },
                     *         {
                     *           "flow": "companies",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": null,
                     *       "forecast": null
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `preview/not_ready`, `read/drift`, `run/already_running`, `run/pipeline_paused` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `definition/invalid`, `definition/unbound_slot`, `egress/address_refused`, `preview/expired`, `preview/outdated`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listPreviewChanges: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description Name of a flow. */
                flow?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description Only changes that would be done so. */
                operation?: "create" | "update" | "upsert" | "delete";
            };
            header?: never;
            path: {
                /** @description Id of a preview. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "seq": 1,
                     *           "flow": "contacts",
                     *           "sourceKey": "1165217",
                     *           "part": "",
                     *           "operation": "create",
                     *           "targetKey": null,
                     *           "after": {
                     *             "name": "Alexandra Matei",
                     *             "position": "manager vânzări"
                     *           },
                     *           "before": null
                     *         },
                     *         {
                     *           "seq": 2,
                     *           "flow": "contacts",
                     *           "sourceKey": "1165218",
                     *           "part": "",
                     *           "operation": "create",
                     *           "targetKey": null,
                     *           "after": {
                     *             "name": "Ștefania Popa",
                     *             "position": "director"
                     *           },
                     *           "before": null
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Mapped fields as they would be written. */
                            after: {
                                [key: string]: unknown;
                            };
                            before: {
                                [key: string]: unknown;
                            } | null;
                            flow: string;
                            /**
                             * @description What would be done.
                             * @enum {string}
                             */
                            operation: "create" | "update" | "upsert" | "delete";
                            part: string;
                            seq: number;
                            sourceKey: string;
                            targetKey: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `preview/expired` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ann@example.com",
                 *       "password": "harbour-lamp-cello",
                 *       "name": "Ann",
                 *       "accountName": "Harbour Ltd",
                 *       "language": "en"
                 *     }
                 */
                "application/json": {
                    /** @description What the account is called, such as the company’s name. */
                    accountName?: string;
                    /** @description An e-mail address. */
                    email: string;
                    /**
                     * @description Language of mails, messages and hints.
                     * @enum {string}
                     */
                    language?: "en" | "ru" | "uk" | "pl" | "ro";
                    /** @description What the person is called. */
                    name: string;
                    /** @description A password: at least 8 characters, at most 256 bytes, any characters; the commonest ones are refused. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description A letter is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch`, `person/password_weak` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description Open: waits for an answer. */
                state?: "open" | "answered" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "number": 4,
                     *           "kind": "feature",
                     *           "subject": "For a customer",
                     *           "state": "open",
                     *           "name": "312fc7fa396b",
                     *           "isByPartner": true,
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "updatedAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was filed.
                             */
                            createdAt: string;
                            /**
                             * Format: uuid
                             * @description Id of the request.
                             */
                            id: string;
                            /** @description Filed by a servicing company. */
                            isByPartner: boolean;
                            /**
                             * @description What it is about: a set-up, a new feature, a problem, something else.
                             * @enum {string}
                             */
                            kind: "setup" | "feature" | "problem" | "other";
                            /** @description Who asked. */
                            name: string;
                            /** @description What people call it by. */
                            number: number;
                            /**
                             * @description Open: waits for an answer.
                             * @enum {string}
                             */
                            state: "open" | "answered" | "closed";
                            /** @description What it is about, in one line. */
                            subject: string;
                            /**
                             * Format: date-time
                             * @description When it was touched last.
                             */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    fileRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "feature",
                 *       "subject": "Invoices from Pactum",
                 *       "text": "Could invoices be moved as well?"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What it is about: a set-up, a new feature, a problem, something else.
                     * @enum {string}
                     */
                    kind: "setup" | "feature" | "problem" | "other";
                    /** @description What it is about, in one line. */
                    subject: string;
                    /** @description Plain text. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description The request with its thread. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "number": 1,
                     *       "kind": "feature",
                     *       "subject": "Two shops",
                     *       "state": "open",
                     *       "name": "4aa578e2456d",
                     *       "isByPartner": false,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "author": "customer",
                     *           "authorName": "4aa578e2456d",
                     *           "body": "Can both write into one CRM?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the request.
                         */
                        id: string;
                        /** @description Filed by a servicing company. */
                        isByPartner: boolean;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /** @description Who asked. */
                        name: string;
                        /** @description What people call it by. */
                        number: number;
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "number": 4,
                     *       "kind": "feature",
                     *       "subject": "For a customer",
                     *       "state": "open",
                     *       "name": "312fc7fa396b",
                     *       "isByPartner": true,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "author": "customer",
                     *           "authorName": "312fc7fa396b",
                     *           "body": "Could invoices be moved?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the request.
                         */
                        id: string;
                        /** @description Filed by a servicing company. */
                        isByPartner: boolean;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /** @description Who asked. */
                        name: string;
                        /** @description What people call it by. */
                        number: number;
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    writeRequestMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "One more thing."
                 *     }
                 */
                "application/json": {
                    /** @description Plain text. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description The request as it is now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "number": 3,
                     *       "kind": "feature",
                     *       "subject": "Invoices",
                     *       "state": "open",
                     *       "name": "29b3db222e85",
                     *       "isByPartner": false,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "author": "customer",
                     *           "authorName": "29b3db222e85",
                     *           "body": "Could invoices be moved?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "author": "customer",
                     *           "authorName": "29b3db222e85",
                     *           "body": "Not yet.",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description Id of the request.
                         */
                        id: string;
                        /** @description Filed by a servicing company. */
                        isByPartner: boolean;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /** @description Who asked. */
                        name: string;
                        /** @description What people call it by. */
                        number: number;
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
                /** @description Id of a pipeline (kebab-case), or its uuid. */
                pipeline?: string;
                /** @description Only these states. */
                state?: ("queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "pipeline": "one-call",
                     *           "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "version": 1,
                     *           "number": 2,
                     *           "kind": "manual",
                     *           "state": "done",
                     *           "options": {
                     *             "isOneOff": true
                     *           },
                     *           "openedBy": "test",
                     *           "isPauseRequested": false,
                     *           "isCancelRequested": false,
                     *           "waitReason": null,
                     *           "waitUntil": null,
                     *           "failure": null,
                     *           "openedAt": "2026-03-02T09:30:00.000Z",
                     *           "startedAt": "2026-03-02T09:30:00.000Z",
                     *           "endedAt": "2026-03-02T09:30:00.000Z",
                     *           "flows": [
                     *             {
                     *               "flow": "contacts",
                     *               "target": "",
                     *               "state": "done",
                     *               "read": 0,
                     *               "filtered": 0,
                     *               "sources": 0,
                     *               "produced": 0,
                     *               "written": 0,
                     *               "unchanged": 0,
                     *               "deleted": 0,
                     *               "deadLetters": 0,
                     *               "waiting": 0,
                     *               "pages": 1,
                     *               "startedAt": "2026-03-02T09:30:00.000Z",
                     *               "endedAt": "2026-03-02T09:30:00.000Z"
                     *             }
                     *           ],
                     *           "totals": {
                     *             "read": 0,
                     *             "filtered": 0,
                     *             "written": 0,
                     *             "unchanged": 0,
                     *             "deleted": 0,
                     *             "deadLetters": 0,
                     *             "waiting": 0
                     *           },
                     *           "recordsPerSecond": 0
                     *         }
                     *       ],
                     *       "next": "Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQ"
                     *     }
                     */
                    "application/json": {
                        items: {
                            endedAt: string | null;
                            failure: {
                                code: string;
                                /** @description Values that belong to it. */
                                details?: {
                                    [key: string]: unknown;
                                };
                                hint: string;
                                kind: string;
                                message: string;
                                retryAfterMs?: number;
                                /** @description Where it stands: file, line, stream, field. */
                                where?: {
                                    [key: string]: unknown;
                                };
                            } | null;
                            flows: {
                                /** @description Records refused for good. */
                                deadLetters: number;
                                /** @description Records removed at the target. */
                                deleted: number;
                                endedAt: string | null;
                                /** @description Records that a step left out. */
                                filtered: number;
                                flow: string;
                                /** @description Pages moved. */
                                pages: number;
                                /** @description Changes for the target, dead letters included. */
                                produced: number;
                                /** @description Records taken from the source. */
                                read: number;
                                /** @description Records that led to a change or a dead letter. */
                                sources: number;
                                startedAt: string | null;
                                /**
                                 * @description How far the flow is.
                                 * @enum {string}
                                 */
                                state: "queued" | "running" | "done" | "failed" | "cancelled";
                                /** @description Name of the target; empty for the only one of a flow. */
                                target: string;
                                /** @description Changes that the target had already. */
                                unchanged: number;
                                /** @description Records that wait for the one they refer to. */
                                waiting: number;
                                /** @description Changes that the target has now. */
                                written: number;
                            }[];
                            /**
                             * Format: uuid
                             * @description Id of the run.
                             */
                            id: string;
                            isCancelRequested: boolean;
                            isPauseRequested: boolean;
                            /**
                             * @description What opened the run.
                             * @enum {string}
                             */
                            kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                            /** @description Number of the run within its pipeline. */
                            number: number;
                            /**
                             * Format: date-time
                             * @description When the run was asked for.
                             */
                            openedAt: string;
                            openedBy: string;
                            /** @description What the run was asked to do. */
                            options: {
                                [key: string]: unknown;
                            };
                            /** @description Id of the pipeline. */
                            pipeline: string;
                            /**
                             * Format: uuid
                             * @description The same as a uuid that never changes.
                             */
                            pipelineUid: string;
                            recordsPerSecond: number | null;
                            startedAt: string | null;
                            /**
                             * @description Where the run stands.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                            totals: {
                                /** @description Records refused for good. */
                                deadLetters: number;
                                /** @description Records removed at the target. */
                                deleted: number;
                                /** @description Records that a step left out. */
                                filtered: number;
                                /** @description Records taken from the source. */
                                read: number;
                                /** @description Changes that the target had already. */
                                unchanged: number;
                                /** @description Records that wait for the one they refer to. */
                                waiting: number;
                                /** @description Changes that the target has now. */
                                written: number;
                            };
                            /** @description The version that the run keeps to its end. */
                            version: number;
                            waitReason: string | null;
                            waitUntil: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pipeline": "contacts-copy"
                 *     }
                 */
                "application/json": {
                    /** @description Carry out deletions beyond what is done without asking (100, or a fifth of what a flow holds at its target). */
                    allowDeletes?: boolean;
                    /** @description Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot. */
                    connections?: {
                        [key: string]: string;
                    };
                    /** @description The definition as YAML text, at most 256 KB. */
                    definition?: string;
                    /** @description Only these flows; all when absent. */
                    flows?: string[];
                    /** @description Records that still wait for another at the end become dead letters. Default: true for a definition with a manual trigger sent with the request, else false. */
                    oneOff?: boolean;
                    /** @description Id of a pipeline (kebab-case), or its uuid. */
                    pipeline?: string;
                    /** @description Another version than the published one. */
                    version?: number;
                };
            };
        };
        responses: {
            /** @description The run; follow it at `/runs/{id}/events`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "renamed",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 1,
                     *       "number": 1,
                     *       "kind": "manual",
                     *       "state": "queued",
                     *       "options": {
                     *         "isOneOff": true
                     *       },
                     *       "openedBy": "test",
                     *       "isPauseRequested": false,
                     *       "isCancelRequested": false,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         },
                     *         {
                     *           "flow": "companies",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": null,
                     *       "forecast": null,
                     *       "problems": [],
                     *       "notes": []
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        notes: string[];
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        /** @description Warnings about a definition that came with the request. */
                        problems: {
                            /** @description What is wrong, as `definition/...`. */
                            code: string;
                            column: number;
                            /** @description The line with a marker under the place. */
                            excerpt: string;
                            file: string;
                            hint: string;
                            line: number;
                            message: string;
                            /** @description Where in the definition, such as `flows.deals.steps[0].where`. */
                            path: string;
                            /**
                             * @description Errors keep a definition from being published.
                             * @enum {string}
                             */
                            severity: "error" | "warning";
                        }[];
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found`, `connection/missing`, `definition/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `connection/in_use`, `connection/link_closed`, `connection/name_taken`, `read/drift`, `run/already_running`, `run/pipeline_paused` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `connection/access_denied`, `connection/consent_invalid`, `connection/consent_not_offered`, `connection/invalid_secret`, `connection/invalid_settings`, `connection/missing_secret`, `connection/reconnect_needed`, `connection/refused`, `connection/scope_missing`, `connection/secret_needed`, `connection/token_revoked`, `connection/unknown_connector`, `definition/fields_missing`, `definition/invalid`, `definition/reset_needed`, `definition/unbound_slot`, `egress/address_refused`, `read/archive_refused`, `read/file_invalid`, `read/file_missing`, `read/refused`, `read/row_malformed`, `read/unknown_stream`, `vendor/auth`, `vendor/refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests`, `vendor/quota`, `vendor/rate_limited` */
            429: components["responses"]["Problem"];
            /** @description `api/internal`, `read/cursor_in_future` */
            500: components["responses"]["Problem"];
            /** @description `egress/answer_too_large`, `egress/redirect_refused`, `egress/timeout`, `egress/unreachable`, `read/bad_answer`, `store/unavailable`, `vendor/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "renamed",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 1,
                     *       "number": 1,
                     *       "kind": "manual",
                     *       "state": "done",
                     *       "options": {
                     *         "isOneOff": true
                     *       },
                     *       "openedBy": "test",
                     *       "isPauseRequested": false,
                     *       "isCancelRequested": false,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": "2026-03-02T09:30:00.000Z",
                     *       "endedAt": "2026-03-02T09:30:00.000Z",
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "done",
                     *           "read": 40,
                     *           "filtered": 0,
                     *           "sources": 40,
                     *           "produced": 40,
                     *           "written": 40,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 1,
                     *           "startedAt": "2026-03-02T09:30:00.000Z",
                     *           "endedAt": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "flow": "companies",
                     *           "target": "",
                     *           "state": "done",
                     *           "read": 4,
                     *           "filtered": 0,
                     *           "sources": 4,
                     *           "produced": 4,
                     *           "written": 4,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 1,
                     *           "startedAt": "2026-03-02T09:30:00.000Z",
                     *           "endedAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 44,
                     *         "filtered": 0,
                     *         "written": 44,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": 379.3,
                     *       "forecast": null
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run; it follows the request within a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "broken-off",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 1,
                     *       "number": 1,
                     *       "kind": "preview",
                     *       "state": "queued",
                     *       "options": {
                     *         "previewId": "01978f3a-6c1e-7d20-9a51-000000000003"
                     *       },
                     *       "openedBy": "test",
                     *       "isPauseRequested": false,
                     *       "isCancelRequested": true,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         },
                     *         {
                     *           "flow": "companies",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": null,
                     *       "forecast": null
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `run/not_active` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    followRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events; the stream ends by itself. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    pauseRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run; it follows the request within a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "held",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 1,
                     *       "number": 1,
                     *       "kind": "manual",
                     *       "state": "queued",
                     *       "options": {
                     *         "isOneOff": true
                     *       },
                     *       "openedBy": "test",
                     *       "isPauseRequested": true,
                     *       "isCancelRequested": false,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": null,
                     *       "forecast": null
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `run/not_active` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    replayRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "version": "current"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description By the version of that run (default), or by the published one.
                     * @enum {string}
                     */
                    version?: "same" | "current";
                };
            };
        };
        responses: {
            /** @description The new run. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "replayed",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 1,
                     *       "number": 2,
                     *       "kind": "replay",
                     *       "state": "queued",
                     *       "options": {
                     *         "flows": [
                     *           "contacts"
                     *         ],
                     *         "replayOf": "01978f3a-6c1e-7d20-9a51-000000000003"
                     *       },
                     *       "openedBy": "test",
                     *       "isPauseRequested": false,
                     *       "isCancelRequested": false,
                     *       "waitReason": null,
                     *       "waitUntil": null,
                     *       "failure": null,
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "queued",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": null,
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": null,
                     *       "forecast": null
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `tariff/limit_reached` */
            402: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `run/already_running`, `run/pipeline_paused` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    resumeRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run; it follows the request within a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "pipeline": "copy-pause",
                     *       "pipelineUid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "version": 1,
                     *       "number": 1,
                     *       "kind": "manual",
                     *       "state": "paused",
                     *       "options": {},
                     *       "openedBy": "test",
                     *       "isPauseRequested": false,
                     *       "isCancelRequested": false,
                     *       "waitReason": "What flow `contacts` maps has changed: field `email` of `crm.contacts` is gone; field `name` of `copy.contacts` is `integer`, it was `text`.",
                     *       "waitUntil": null,
                     *       "failure": {
                     *         "code": "read/drift",
                     *         "hint": "Restore the fields and resume this run; or cancel it, correct the mapping, publish and run again.",
                     *         "kind": "drift",
                     *         "details": {
                     *           "flow": "contacts",
                     *           "differences": [
                     *             "field `email` of `crm.contacts` is gone",
                     *             "field `name` of `copy.contacts` is `integer`, it was `text`"
                     *           ]
                     *         },
                     *         "message": "What flow `contacts` maps has changed: field `email` of `crm.contacts` is gone; field `name` of `copy.contacts` is `integer`, it was `text`."
                     *       },
                     *       "openedAt": "2026-03-02T09:30:00.000Z",
                     *       "startedAt": "2026-03-02T09:30:00.000Z",
                     *       "endedAt": null,
                     *       "flows": [
                     *         {
                     *           "flow": "contacts",
                     *           "target": "",
                     *           "state": "running",
                     *           "read": 0,
                     *           "filtered": 0,
                     *           "sources": 0,
                     *           "produced": 0,
                     *           "written": 0,
                     *           "unchanged": 0,
                     *           "deleted": 0,
                     *           "deadLetters": 0,
                     *           "waiting": 0,
                     *           "pages": 0,
                     *           "startedAt": "2026-03-02T09:30:00.000Z",
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "totals": {
                     *         "read": 0,
                     *         "filtered": 0,
                     *         "written": 0,
                     *         "unchanged": 0,
                     *         "deleted": 0,
                     *         "deadLetters": 0,
                     *         "waiting": 0
                     *       },
                     *       "recordsPerSecond": 0,
                     *       "forecast": null
                     *     }
                     */
                    "application/json": {
                        endedAt: string | null;
                        failure: {
                            code: string;
                            /** @description Values that belong to it. */
                            details?: {
                                [key: string]: unknown;
                            };
                            hint: string;
                            kind: string;
                            message: string;
                            retryAfterMs?: number;
                            /** @description Where it stands: file, line, stream, field. */
                            where?: {
                                [key: string]: unknown;
                            };
                        } | null;
                        flows: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            endedAt: string | null;
                            /** @description Records that a step left out. */
                            filtered: number;
                            flow: string;
                            /** @description Pages moved. */
                            pages: number;
                            /** @description Changes for the target, dead letters included. */
                            produced: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Records that led to a change or a dead letter. */
                            sources: number;
                            startedAt: string | null;
                            /**
                             * @description How far the flow is.
                             * @enum {string}
                             */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            /** @description Name of the target; empty for the only one of a flow. */
                            target: string;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        }[];
                        forecast: {
                            /**
                             * Format: date-time
                             * @description When they will be done at the present rate.
                             */
                            endsAt: string;
                            /** @description How many records the last run of this kind read. */
                            records: number;
                            /** @description Those that are left by that measure. */
                            remaining: number;
                        } | null;
                        /**
                         * Format: uuid
                         * @description Id of the run.
                         */
                        id: string;
                        isCancelRequested: boolean;
                        isPauseRequested: boolean;
                        /**
                         * @description What opened the run.
                         * @enum {string}
                         */
                        kind: "manual" | "schedule" | "poll" | "webhook" | "backfill" | "replay" | "resend" | "preview" | "apply";
                        /** @description Number of the run within its pipeline. */
                        number: number;
                        /**
                         * Format: date-time
                         * @description When the run was asked for.
                         */
                        openedAt: string;
                        openedBy: string;
                        /** @description What the run was asked to do. */
                        options: {
                            [key: string]: unknown;
                        };
                        /** @description Id of the pipeline. */
                        pipeline: string;
                        /**
                         * Format: uuid
                         * @description The same as a uuid that never changes.
                         */
                        pipelineUid: string;
                        recordsPerSecond: number | null;
                        startedAt: string | null;
                        /**
                         * @description Where the run stands.
                         * @enum {string}
                         */
                        state: "queued" | "running" | "waiting" | "paused" | "done" | "done_with_dead_letters" | "failed" | "cancelled";
                        totals: {
                            /** @description Records refused for good. */
                            deadLetters: number;
                            /** @description Records removed at the target. */
                            deleted: number;
                            /** @description Records that a step left out. */
                            filtered: number;
                            /** @description Records taken from the source. */
                            read: number;
                            /** @description Changes that the target had already. */
                            unchanged: number;
                            /** @description Records that wait for the one they refer to. */
                            waiting: number;
                            /** @description Changes that the target has now. */
                            written: number;
                        };
                        /** @description The version that the run keeps to its end. */
                        version: number;
                        waitReason: string | null;
                        waitUntil: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `run/not_active` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listSandboxes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them; none where none were started. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "crm",
                     *           "connector": "http",
                     *           "settings": {
                     *             "service": "rest-crm",
                     *             "base_url": "https://pipewright.example.com"
                     *           },
                     *           "secret": {
                     *             "token": "crm_bb9abc5b8be6e4394b5c5f4821bb8ed2"
                     *           }
                     *         },
                     *         {
                     *           "name": "copy",
                     *           "connector": "http",
                     *           "settings": {
                     *             "service": "rest-crm",
                     *             "base_url": "https://pipewright.example.com"
                     *           },
                     *           "secret": {
                     *             "token": "crm_297c52375185e46aaeee2268f43746ab"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Id of a connector. */
                            connector: string;
                            /** @description Name within the account. */
                            name: string;
                            /** @description Credentials of the practice account. */
                            secret: {
                                [key: string]: unknown;
                            };
                            /** @description Settings that are no secret. */
                            settings: {
                                [key: string]: unknown;
                            };
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ann@example.com",
                 *       "password": "harbour-lamp-cello"
                 *     }
                 */
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                    /** @description The present password. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Signed in, or a second step is needed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "second_step"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description With `second_step` send a code to `/sign-in/second-step`.
                         * @enum {string}
                         */
                        state: "signed_in" | "second_step";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated`, `person/sign_in_failed` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused`, `person/email_unconfirmed` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    secondStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456"
                 *     }
                 */
                "application/json": {
                    /** @description Six digits of the app, or a backup code. */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "signed_in"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description With `second_step` send a code to `/sign-in/second-step`.
                         * @enum {string}
                         */
                        state: "signed_in" | "second_step";
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated`, `person/code_wrong` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `person/two_factor_off` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over on the server, too. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listStaff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Operators and support. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "userId": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "name": "28798a96dd50",
                     *           "email": "maria@example.com",
                     *           "role": "operator",
                     *           "since": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            email: string;
                            name: string;
                            /**
                             * @description What somebody does for the installation.
                             * @enum {string}
                             */
                            role: "support" | "operator";
                            /**
                             * Format: date-time
                             * @description Since when.
                             */
                            since: string;
                            /** @description Id of the person. */
                            userId: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    addStaff: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "carol@example.com",
                 *       "role": "support"
                 *     }
                 */
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                    /**
                     * @description What somebody does for the installation.
                     * @enum {string}
                     */
                    role: "support" | "operator";
                };
            };
        };
        responses: {
            /** @description It counts from their next request on. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    removeStaff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the person. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are a person like all others. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listSupportLinks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last hundred, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "createdBy": "maria@example.com",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "expiresAt": "2026-03-02T09:30:00.000Z",
                     *           "openedBy": "maria@example.com",
                     *           "openedAt": "2026-03-02T09:30:00.000Z",
                     *           "endsAt": "2026-03-02T09:30:00.000Z",
                     *           "withdrawnAt": null,
                     *           "state": "visiting"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was made.
                             */
                            createdAt: string;
                            /** @description Who made it. */
                            createdBy: string;
                            endsAt: string | null;
                            /**
                             * Format: date-time
                             * @description Until when it can be opened: ten minutes.
                             */
                            expiresAt: string;
                            /**
                             * Format: uuid
                             * @description The link.
                             */
                            id: string;
                            openedAt: string | null;
                            openedBy: string | null;
                            /**
                             * @description What became of it.
                             * @enum {string}
                             */
                            state: "open" | "visiting" | "over" | "expired" | "withdrawn";
                            withdrawnAt: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    createSupportLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link, which is shown only here. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "createdBy": "maria@example.com",
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "expiresAt": "2026-03-02T09:30:00.000Z",
                     *       "openedBy": null,
                     *       "openedAt": null,
                     *       "endsAt": null,
                     *       "withdrawnAt": null,
                     *       "state": "open",
                     *       "token": "Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4",
                     *       "url": "https://pipewright.example.com/support#Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        /** @description Who made it. */
                        createdBy: string;
                        endsAt: string | null;
                        /**
                         * Format: date-time
                         * @description Until when it can be opened: ten minutes.
                         */
                        expiresAt: string;
                        /**
                         * Format: uuid
                         * @description The link.
                         */
                        id: string;
                        openedAt: string | null;
                        openedBy: string | null;
                        /**
                         * @description What became of it.
                         * @enum {string}
                         */
                        state: "open" | "visiting" | "over" | "expired" | "withdrawn";
                        /** @description The secret part of the link. */
                        token: string;
                        /** @description Give it to the support. Shown once. */
                        url: string;
                        withdrawnAt: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    withdrawSupportLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the link, and of the visit that it opened. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody looks through it any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    openSupportLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "q2k0bXJ5dGVzdHRva2VudGVzdHRva2VudGVzdHRva2U"
                 *     }
                 */
                "application/json": {
                    /** @description The secret part of the link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description The visit. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "accountId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *       "accountName": "Test",
                     *       "endsAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The account; name it in the header `Pipewright-Account`.
                         */
                        accountId: string;
                        accountName: string;
                        /**
                         * Format: date-time
                         * @description When it ends by itself.
                         */
                        endsAt: string;
                        /**
                         * Format: uuid
                         * @description The visit.
                         */
                        id: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `support/link_spent` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listSupportVisits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "accountId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "accountName": "Test",
                     *           "endsAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description The account; name it in the header `Pipewright-Account`.
                             */
                            accountId: string;
                            accountName: string;
                            /**
                             * Format: date-time
                             * @description When it ends by itself.
                             */
                            endsAt: string;
                            /**
                             * Format: uuid
                             * @description The visit.
                             */
                            id: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    leaveSupportVisit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the link, and of the visit that it opened. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `support/visit_over` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listTariffs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "start",
                     *           "title": "Start",
                     *           "description": "For the first integrations of a small team.",
                     *           "price": {
                     *             "amountMinor": 1900,
                     *             "currency": "EUR"
                     *           },
                     *           "limits": {
                     *             "pipelines": 3,
                     *             "recordsAMonth": 10000,
                     *             "members": 3,
                     *             "shortestIntervalMs": 900000
                     *           }
                     *         },
                     *         {
                     *           "name": "business",
                     *           "title": "Business",
                     *           "description": "For a company whose departments work with each other's records every day.",
                     *           "price": {
                     *             "amountMinor": 5900,
                     *             "currency": "EUR"
                     *           },
                     *           "limits": {
                     *             "pipelines": 15,
                     *             "recordsAMonth": 200000,
                     *             "members": 10,
                     *             "shortestIntervalMs": 300000
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            description: string;
                            limits: {
                                members: number | null;
                                pipelines: number | null;
                                recordsAMonth: number | null;
                                shortestIntervalMs: number | null;
                            };
                            /** @description Never changes. */
                            name: string;
                            price: {
                                /** @description For a month, in minor units of the currency. Choosing is free for now. */
                                amountMinor: number;
                                currency: string;
                            };
                            title: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    readView: {
        parameters: {
            query?: {
                /** @description Only rows with this action. */
                action?: string;
                /** @description Only rows with this actor. */
                actor?: string;
                /** @description Only rows with this code. */
                code?: string;
                /** @description Only rows with this flow. */
                flow?: string;
                /** @description Only rows with this id. */
                id?: string;
                /** @description Only rows with this object. */
                object?: string;
                /** @description Only rows with this part. */
                part?: string;
                /** @description Only rows with this pipeline. */
                pipeline?: string;
                /** @description Only rows with this run_id. */
                run_id?: string;
                /** @description Only rows with this source_key. */
                source_key?: string;
                /** @description Only rows with this state. */
                state?: string;
                /** @description Only rows with this target. */
                target?: string;
                /** @description Only rows with this target_key. */
                target_key?: string;
                /** @description Only rows with this target_stream. */
                target_stream?: string;
            };
            header?: never;
            path: {
                /** @description Name of the view. */
                name: "v_record_map" | "v_runs" | "v_reconciliation" | "v_dead_letters" | "v_audit";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All rows that fit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "account_id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *         "pipeline": "viewed",
                     *         "pipeline_uid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *         "flow": "contacts",
                     *         "source_key": "1165217",
                     *         "part": "",
                     *         "target_stream": "contacts",
                     *         "target_key": "3646871",
                     *         "content_hash": "0123456789abcdef0123456789abcdef",
                     *         "version": 1,
                     *         "state": "confirmed",
                     *         "updated_at": "2026-03-02T09:30:00.000Z"
                     *       },
                     *       {
                     *         "account_id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *         "pipeline": "viewed",
                     *         "pipeline_uid": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *         "flow": "contacts",
                     *         "source_key": "1165218",
                     *         "part": "",
                     *         "target_stream": "contacts",
                     *         "target_key": "3647059",
                     *         "content_hash": "0123456789abcdef0123456789abcdef",
                     *         "version": 1,
                     *         "state": "confirmed",
                     *         "updated_at": "2026-03-02T09:30:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": {
                        [key: string]: unknown;
                    }[];
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    fileVisitorRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "feature",
                 *       "subject": "Invoices from Pactum",
                 *       "text": "Could invoices be moved as well?",
                 *       "name": "Anna Nowak",
                 *       "email": "anna@example.com"
                 *     }
                 */
                "application/json": {
                    /** @description Where the answer goes. */
                    email: string;
                    /**
                     * @description What it is about: a set-up, a new feature, a problem, something else.
                     * @enum {string}
                     */
                    kind: "setup" | "feature" | "problem" | "other";
                    /** @description Who asks. */
                    name: string;
                    /** @description What it is about, in one line. */
                    subject: string;
                    /** @description Plain text. */
                    text: string;
                    /** @description Leave it empty: it is there for programs. */
                    website?: string;
                };
            };
        };
        responses: {
            /** @description How to follow the thread. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4",
                     *       "link": "https://pipewright.example.com/visitor-request?token=Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4"
                     *     }
                     */
                    "application/json": {
                        /** @description The page of the thread. */
                        link: string;
                        /** @description Opens the thread; keep it. */
                        token: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getVisitorRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the answer to the form. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thread. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "feature",
                     *       "subject": "Invoices",
                     *       "state": "open",
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "author": "visitor",
                     *           "authorName": "Anna Nowak",
                     *           "body": "Could invoices be moved?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "author": "operator",
                     *           "authorName": "operator",
                     *           "body": "Yes, next month.",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    writeVisitorMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Of the answer to the form. */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "One more thing."
                 *     }
                 */
                "application/json": {
                    /** @description Plain text. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description The thread as it is now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "feature",
                     *       "subject": "Invoices",
                     *       "state": "open",
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "messages": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "author": "visitor",
                     *           "authorName": "Anna Nowak",
                     *           "body": "Could invoices be moved?",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "author": "operator",
                     *           "authorName": "operator",
                     *           "body": "Yes, next month.",
                     *           "way": "web",
                     *           "at": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was filed.
                         */
                        createdAt: string;
                        /**
                         * @description What it is about: a set-up, a new feature, a problem, something else.
                         * @enum {string}
                         */
                        kind: "setup" | "feature" | "problem" | "other";
                        messages: {
                            /**
                             * Format: date-time
                             * @description When.
                             */
                            at: string;
                            /**
                             * @description Who wrote it.
                             * @enum {string}
                             */
                            author: "visitor" | "customer" | "operator";
                            authorName: string;
                            body: string;
                            /**
                             * Format: uuid
                             * @description Id of the message.
                             */
                            id: string;
                            /**
                             * @description How it came.
                             * @enum {string}
                             */
                            way: "web" | "mail";
                        }[];
                        /**
                         * @description Open: waits for an answer.
                         * @enum {string}
                         */
                        state: "open" | "answered" | "closed";
                        /** @description What it is about, in one line. */
                        subject: string;
                        /**
                         * Format: date-time
                         * @description When it was touched last.
                         */
                        updatedAt: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, without their secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "url": "https://pipewright.example.com/events",
                     *           "kinds": [
                     *             "run.failed"
                     *           ],
                     *           "description": "",
                     *           "state": "disabled",
                     *           "disabledReason": "It answered 503.",
                     *           "failingSince": "2026-03-02T09:30:00.000Z",
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "updatedAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was made.
                             */
                            createdAt: string;
                            description: string;
                            disabledReason: string | null;
                            failingSince: string | null;
                            /**
                             * Format: uuid
                             * @description Id of the endpoint.
                             */
                            id: string;
                            kinds: ("run.finished" | "run.failed" | "dead_letters.added" | "connection.broken")[];
                            /**
                             * @description A disabled endpoint gets nothing.
                             * @enum {string}
                             */
                            state: "active" | "disabled";
                            /**
                             * Format: date-time
                             * @description When it was changed last.
                             */
                            updatedAt: string;
                            /** @description A public https address. */
                            url: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    addWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/pipewright",
                 *       "kinds": [
                 *         "run.failed",
                 *         "connection.broken"
                 *       ]
                 *     }
                 */
                "application/json": {
                    description?: string;
                    kinds: ("run.finished" | "run.failed" | "dead_letters.added" | "connection.broken")[];
                    /** @description A public https address. */
                    url: string;
                };
            };
        };
        responses: {
            /** @description The endpoint with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "url": "https://pipewright.example.com/canaryforeign",
                     *       "kinds": [
                     *         "run.failed"
                     *       ],
                     *       "description": "canaryforeign endpoint",
                     *       "state": "active",
                     *       "disabledReason": null,
                     *       "failingSince": null,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "secret": "Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQX="
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        description: string;
                        disabledReason: string | null;
                        failingSince: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the endpoint.
                         */
                        id: string;
                        kinds: ("run.finished" | "run.failed" | "dead_letters.added" | "connection.broken")[];
                        /** @description What deliveries are signed with; shown only here. */
                        secret: string;
                        /**
                         * @description A disabled endpoint gets nothing.
                         * @enum {string}
                         */
                        state: "active" | "disabled";
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                        /** @description A public https address. */
                        url: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `account/cap_reached`, `api/idempotency_mismatch`, `egress/address_refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "url": "https://pipewright.example.com/events",
                     *       "kinds": [
                     *         "run.failed"
                     *       ],
                     *       "description": "",
                     *       "state": "disabled",
                     *       "disabledReason": "It answered 503.",
                     *       "failingSince": "2026-03-02T09:30:00.000Z",
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        description: string;
                        disabledReason: string | null;
                        failingSince: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the endpoint.
                         */
                        id: string;
                        kinds: ("run.finished" | "run.failed" | "dead_letters.added" | "connection.broken")[];
                        /**
                         * @description A disabled endpoint gets nothing.
                         * @enum {string}
                         */
                        state: "active" | "disabled";
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                        /** @description A public https address. */
                        url: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    removeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    changeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "active"
                 *     }
                 */
                "application/json": {
                    description?: string;
                    kinds?: ("run.finished" | "run.failed" | "dead_letters.added" | "connection.broken")[];
                    /**
                     * @description Whether it gets events.
                     * @enum {string}
                     */
                    state?: "active" | "disabled";
                    /** @description A public https address. */
                    url?: string;
                };
            };
        };
        responses: {
            /** @description The endpoint as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "url": "https://pipewright.example.com/events",
                     *       "kinds": [
                     *         "run.failed"
                     *       ],
                     *       "description": "",
                     *       "state": "active",
                     *       "disabledReason": null,
                     *       "failingSince": null,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        description: string;
                        disabledReason: string | null;
                        failingSince: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the endpoint.
                         */
                        id: string;
                        kinds: ("run.finished" | "run.failed" | "dead_letters.added" | "connection.broken")[];
                        /**
                         * @description A disabled endpoint gets nothing.
                         * @enum {string}
                         */
                        state: "active" | "disabled";
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                        /** @description A public https address. */
                        url: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `egress/address_refused` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description At most so many items; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first; kept for 30 days. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *           "eventId": "01978f3a-6c1e-7d20-9a51-000000000002",
                     *           "kind": "connection.broken",
                     *           "state": "delivered",
                     *           "attempts": 1,
                     *           "nextTryAt": null,
                     *           "lastStatus": 204,
                     *           "lastError": null,
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "deliveredAt": "2026-03-02T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": "01978f3a-6c1e-7d20-9a51-000000000003",
                     *           "eventId": "01978f3a-6c1e-7d20-9a51-000000000004",
                     *           "kind": "connection.broken",
                     *           "state": "delivered",
                     *           "attempts": 1,
                     *           "nextTryAt": null,
                     *           "lastStatus": 204,
                     *           "lastError": null,
                     *           "createdAt": "2026-03-02T09:30:00.000Z",
                     *           "deliveredAt": "2026-03-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** @description Tries so far. */
                            attempts: number;
                            /**
                             * Format: date-time
                             * @description When the event happened.
                             */
                            createdAt: string;
                            deliveredAt: string | null;
                            /**
                             * Format: uuid
                             * @description The header `webhook-id` of every try.
                             */
                            eventId: string;
                            /**
                             * Format: uuid
                             * @description Id of the delivery.
                             */
                            id: string;
                            kind: string;
                            lastError: string | null;
                            lastStatus: number | null;
                            nextTryAt: string | null;
                            /**
                             * @description What became of it.
                             * @enum {string}
                             */
                            state: "pending" | "delivered" | "failed";
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a delivery. */
                delivery: string;
                /** @description Id of a webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveryId": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Look for it in the delivery log.
                         */
                        deliveryId: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `webhook/endpoint_disabled` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint with its new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01978f3a-6c1e-7d20-9a51-000000000001",
                     *       "url": "https://pipewright.example.com/events",
                     *       "kinds": [
                     *         "run.failed"
                     *       ],
                     *       "description": "",
                     *       "state": "active",
                     *       "disabledReason": null,
                     *       "failingSince": null,
                     *       "createdAt": "2026-03-02T09:30:00.000Z",
                     *       "updatedAt": "2026-03-02T09:30:00.000Z",
                     *       "secret": "Xn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQXn4kT9sQX="
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        createdAt: string;
                        description: string;
                        disabledReason: string | null;
                        failingSince: string | null;
                        /**
                         * Format: uuid
                         * @description Id of the endpoint.
                         */
                        id: string;
                        kinds: ("run.finished" | "run.failed" | "dead_letters.added" | "connection.broken")[];
                        /** @description What deliveries are signed with; shown only here. */
                        secret: string;
                        /**
                         * @description A disabled endpoint gets nothing.
                         * @enum {string}
                         */
                        state: "active" | "disabled";
                        /**
                         * Format: date-time
                         * @description When it was changed last.
                         */
                        updatedAt: string;
                        /** @description A public https address. */
                        url: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key gets the first answer; kept for two days. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of a webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveryId": "01978f3a-6c1e-7d20-9a51-000000000001"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Look for it in the delivery log.
                         */
                        deliveryId: string;
                    };
                };
            };
            /** @description `api/bad_request`, `api/key_in_address` */
            400: components["responses"]["Problem"];
            /** @description `api/unauthenticated` */
            401: components["responses"]["Problem"];
            /** @description `api/forbidden`, `api/origin_refused` */
            403: components["responses"]["Problem"];
            /** @description `api/not_found` */
            404: components["responses"]["Problem"];
            /** @description `api/idempotency_pending`, `webhook/endpoint_disabled` */
            409: components["responses"]["Problem"];
            /** @description `api/too_large` */
            413: components["responses"]["Problem"];
            /** @description `api/unsupported_media_type` */
            415: components["responses"]["Problem"];
            /** @description `api/host_refused` */
            421: components["responses"]["Problem"];
            /** @description `api/idempotency_mismatch` */
            422: components["responses"]["Problem"];
            /** @description `api/too_many_requests` */
            429: components["responses"]["Problem"];
            /** @description `api/internal` */
            500: components["responses"]["Problem"];
            /** @description `store/unavailable` */
            503: components["responses"]["Problem"];
        };
    };
}
